package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ocmcore.cache.domain.error.DumpFailed;

/**
 * A program that writes a dump of one value with so many bytes, and prints the outcome. The option
 * {@code -Dlock=true} makes it lock the file before.
 */
final class DumpOnce {
  private DumpOnce() {}

  public static void main(String[] arguments) {
    String value = "x".repeat(Integer.parseInt(arguments[1]));
    Path file = Path.of(arguments[0]);
    try {
      if (Boolean.getBoolean("lock")) {
        DumpLock.acquire(file).close();
      }
      DumpFiles.write(new FileDumps(file), Instant.now(), value);
      System.out.println("written");
    } catch (DumpFailed e) {
      System.out.println("failed: " + e.getMessage());
    }
  }

  /** The line that the program prints when a shell command starts it in a folder. */
  static String run(Path folder, String command, Path file, String bytes, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(
        "sh",
        "-c",
        command,
        "sh",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1"));
    all.addAll(List.of(options));
    all.addAll(List.of(
        "-cp",
        System.getProperty("java.class.path"),
        DumpOnce.class.getName(),
        file.toString(),
        bytes));
    Process process = new ProcessBuilder(all)
        .directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader output = process.inputReader()) {
      List<String> lines = output.lines().toList();
      assertEquals(0, process.waitFor());
      assertEquals(1, lines.size(), lines.toString());
      return lines.get(0);
    } finally {
      process.destroyForcibly();
    }
  }
}
