package org.ocmcore.cache.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What it was measured on and with. */
final class Machine {
  private static final String UNKNOWN = "unknown";
  private static final double KIB_PER_GIB = 1 << 20;

  private Machine() {}

  /** Lines of Markdown. */
  static String text(String commit) {
    return """
        - machine: %d cores, %s; %s of memory; Linux %s
        - Java %s, %s
        - %s, %s
        - Cache App at %s
        """.formatted(
            Runtime.getRuntime().availableProcessors(),
            found("/proc/cpuinfo", "model name\\s*:\\s*(.+)"),
            memory(),
            System.getProperty("os.version"),
            System.getProperty("java.runtime.version"),
            System.getProperty("java.vm.name"),
            said("memcached .*", "memcached", "--version"),
            said("v=(\\S+)", "redis-server", "--version").equals(UNKNOWN)
                ? "no redis-server"
                : "redis-server " + said("v=(\\S+)", "redis-server", "--version"),
            commit);
  }

  private static String memory() {
    String kib = found("/proc/meminfo", "MemTotal:\\s*([0-9]+)");
    return kib.equals(UNKNOWN)
        ? UNKNOWN + " size"
        : "%.0f GiB".formatted(Long.parseLong(kib) / KIB_PER_GIB);
  }

  private static String found(String file, String regex) {
    try {
      return first(Files.readString(Path.of(file)), regex);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** Whether there is a program of this name that can be run. */
  static boolean has(String program) {
    return !said(".+", program, "--version").equals(UNKNOWN);
  }

  private static String said(String regex, String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return first(output, regex);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String first(String text, String regex) {
    Matcher matcher = Pattern.compile(regex).matcher(text);
    if (!matcher.find()) {
      return UNKNOWN;
    }
    return matcher.group(matcher.groupCount()).strip();
  }
}
