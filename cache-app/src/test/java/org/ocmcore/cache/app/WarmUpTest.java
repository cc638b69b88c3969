package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobKind;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.job.Task;

class WarmUpTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Jobs jobs = new Jobs(executor, CLOCK, job -> {});
  private final RecordedLog log = new RecordedLog();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  private WarmUp warmUp(Supplier<Job> restore) {
    return new WarmUp(restore, Duration.ofMillis(1), CLOCK, log);
  }

  private Job restore(Task<?> work) {
    return jobs.start(JobKind.of("restore"), work);
  }

  @Test
  void progressIsLoggedUntilTheRestoreEnds() throws InterruptedException {
    CountDownLatch reported = new CountDownLatch(1);
    Thread warming = new Thread(() -> warmUp(() -> restore(progress -> {
          progress.expect(1_000);
          progress.advance(250, 4_096);
          await(reported);
          throw new DumpFailed("the disk is gone");
        }))
        .run());
    warming.start();
    Await.until(() -> log.lines().size() > 3);
    reported.countDown();
    warming.join();
    List<String> lines = log.lines();
    assertEquals(
        "INFO warming up: restoring what is missing, then the service is ready; job "
            + jobs.recent().get(0).id(),
        lines.get(0));
    assertEquals(
        "INFO warming up: 250 of 1,000 entries, 25%, 0 a second, 4.0 KiB, for 0 s", lines.get(2));
    assertEquals("ERROR warming up failed: the disk is gone", lines.get(lines.size() - 1));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whereThereIsNoDumpNothingIsWrong() {
    warmUp(() -> {
          throw new DumpNotFound("cache_dump.json");
        })
        .run();
    assertEquals(1, log.lines().size());
    assertEquals(
        "INFO warming up: nothing to restore: Dump 'cache_dump.json' not found",
        log.lines().get(0));
  }
}
