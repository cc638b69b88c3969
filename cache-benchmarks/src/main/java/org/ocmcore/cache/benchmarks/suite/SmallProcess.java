package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ocmcore.cache.benchmarks.peer.ForeignProgram;

/** A process with little memory that dumps or restores once, and tells what that took. */
final class SmallProcess {
  private static final String HEAP = "-Xmx256m";
  private static final String SECONDS = "seconds";
  private static final String RESIDENT = "resident";

  private SmallProcess() {}

  /**
   * Its own beginning.
   *
   * @param arguments {@code dump} or {@code restore}, the server, the file, and how many entries
   */
  public static void main(String[] arguments) throws Exception {
    long entries = Long.parseLong(arguments[3]);
    try (DumpStand stand = new DumpStand(arguments[1], Path.of(arguments[2]))) {
      double seconds = arguments[0].equals("dump")
          ? stand.dumpSeconds(entries)
          : stand.strangeRestoreSeconds(entries);
      System.out.println(SECONDS + " " + seconds);
      System.out.println(RESIDENT + " " + peakResidentBytes());
    }
  }

  private static long peakResidentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> 1_024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow(() -> new IOException("this system does not tell how much memory it has"));
  }

  /**
   * What it took.
   *
   * @param seconds without the start of the process
   * @param peakResidentBytes the most memory that the process ever had
   */
  record Took(double seconds, double peakResidentBytes) {}

  /** Has one do it. */
  static Took run(String work, String server, Path file, long entries) throws IOException {
    Map<String, Double> told = new ConcurrentHashMap<>();
    ForeignProgram.run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            SmallProcess.class.getName(),
            work,
            server,
            file.toString(),
            "" + entries),
        line -> told.put(line.split(" ")[0], Double.valueOf(line.split(" ")[1])));
    return new Took(told.get(SECONDS), told.get(RESIDENT));
  }
}
