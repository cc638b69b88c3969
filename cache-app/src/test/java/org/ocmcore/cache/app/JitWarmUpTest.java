package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JitWarmUpTest {
  /** All that {@link TrainingWork} does, once. */
  private static final int WORKS = 7;

  @TempDir
  Path temporary;

  private final RecordedLog log = new RecordedLog();
  private final AtomicInteger prepared = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();

  private JitWarmUp warmUp(Path folder, BooleanSupplier isNeeded) {
    return new JitWarmUp(
        folder, Path.of("data/dump.json.gz"), prepared::incrementAndGet, isNeeded, log);
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitEnd() {
    Await.until(() -> !log.lines().isEmpty());
    assertTrue(
        log.lines().get(0).matches("DEBUG the code for many keys is warm, \\d+ ms"),
        log.lines()::toString);
    assertEquals(List.of(), files());
  }

  @Test
  void allWorkIsDoneAndNothingLeft() {
    try (JitWarmUp warmUp = warmUp(temporary, () -> asked.incrementAndGet() <= WORKS)) {
      warmUp.start();
      awaitEnd();
      assertEquals(1, prepared.get());
      assertEquals(WORKS + 1, asked.get());
    }
  }

  @Test
  void realWorkEndsIt() {
    try (JitWarmUp warmUp = warmUp(temporary, () -> asked.incrementAndGet() == 1)) {
      warmUp.start();
      awaitEnd();
      assertEquals(2, asked.get());
    }
  }

  @Test
  void closingEndsItAndDeletesItsFiles() {
    JitWarmUp warmUp = warmUp(temporary, () -> asked.incrementAndGet() > 0);
    warmUp.start();
    Await.until(() -> asked.get() > 2);
    warmUp.close();
    Await.until(() -> files().isEmpty());
    assertTrue(
        log.lines().stream().allMatch(line -> line.startsWith("DEBUG ")), log.lines()::toString);
  }

  @Test
  void aFailureIsLogged() {
    try (JitWarmUp warmUp = warmUp(temporary.resolve("missing"), () -> true)) {
      warmUp.start();
      Await.until(() -> !log.lines().isEmpty());
      assertTrue(
          log.lines().get(0).startsWith("WARN the first work on many keys will take longer, "),
          log.lines()::toString);
    }
  }
}
