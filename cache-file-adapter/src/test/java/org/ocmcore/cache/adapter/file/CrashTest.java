package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.port.DumpInfo;

/**
 * A process that is killed while it dumps leaves a whole dump. {@code -Dcache.fuzz.factor=35} kills
 * 105 processes (see {@link FuzzRounds}).
 */
final class CrashTest {
  private static final int KILLS = FuzzRounds.of(3);

  /** So many kills hit a process while it writes at least once. */
  private static final int MAX_KILLS = KILLS + 97;

  @TempDir
  private Path folder;

  @Test
  void aKilledProcessLeavesItsLastReportedDump() throws IOException, InterruptedException {
    Path file = folder.resolve("dump.json");
    Random random = new Random(1);
    int reported = 0;
    int strays = 0;
    for (int kill = 0; kill < KILLS || strays == 0; kill++) {
      assertTrue(kill < MAX_KILLS, "no process was killed while it wrote");
      reported = runAndKill(file, reported + 1, random.nextInt(60_000));
      strays += DumpFiles.filesIn(folder).first().startsWith(".") ? 1 : 0;
      FileDumps dumps = new FileDumps(file);
      assertTrue(current(dumps) >= reported);
      reported = current(dumps);
      assertAllAreWholeAndListedOnce(dumps);
    }
  }

  /** Returns the number of the last dump that the process reported. */
  private static int runAndKill(Path file, int first, int microseconds)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            DumpLoop.class.getName(),
            file.toString(),
            Integer.toString(first))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader output = process.inputReader()) {
      String last = output.readLine();
      assertNotNull(last, "the process ended by itself");
      process.waitFor(microseconds, TimeUnit.MICROSECONDS);
      // Through the handle: the process itself would discard its last lines of output.
      process.toHandle().destroyForcibly();
      process.waitFor();
      for (String line = last; line != null; line = output.readLine()) {
        last = line;
      }
      return Integer.parseInt(last);
    } finally {
      process.destroyForcibly();
    }
  }

  private static int current(FileDumps dumps) {
    return Integer.parseInt(DumpFiles.value(dumps, dumps.currentName()));
  }

  private void assertAllAreWholeAndListedOnce(FileDumps dumps) throws IOException {
    List<DumpInfo> all = dumps.names().stream().map(dumps::describe).toList();
    all.forEach(dump -> assertTrue(dump.valid(), dump.name()));
    assertEquals(
        all.size(),
        all.stream().map(DumpInfo::createdAt).distinct().count(),
        "a dump is listed twice");
    assertTrue(DumpFiles.filesIn(folder).first().startsWith("dump"), "a temporary file stays");
    assertTrue(
        Files.isSameFile(folder.resolve("dump.json"), folder.resolve(all.get(0).name())),
        "the newest dump is not current");
  }
}
