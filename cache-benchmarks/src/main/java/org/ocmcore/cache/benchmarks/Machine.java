package org.ocmcore.cache.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Describes the machine and the software that figures depend on. */
final class Machine {
  private static final long GIB = 1 << 30;

  private Machine() {}

  /** Lines of Markdown. */
  static String describe(String commit) throws IOException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Matcher model = Pattern.compile("model name\\s*:\\s*(.+)")
        .matcher(Files.readString(Path.of("/proc/cpuinfo")));
    return """
        - machine: %d cores, %s; %d GiB of memory; %s %s
        - Java %s
        - %s, %s
        - Cache App at %s
        """.formatted(
            system.getAvailableProcessors(),
            model.find() ? model.group(1) : system.getArch(),
            (system.getTotalMemorySize() + GIB / 2) / GIB,
            system.getName(),
            system.getVersion(),
            Runtime.version(),
            version("memcached"),
            version("redis-server"),
            commit);
  }

  /** Returns whether {@code PATH} has a program of this name. */
  static boolean hasProgram(String name) {
    return !version(name).startsWith("no ");
  }

  private static String version(String program) {
    try {
      Process process = new ProcessBuilder(program, "--version").start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "no " + program;
    }
  }
}
