package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.testing.Bench;
import org.ocmcore.cache.domain.testing.RecordedProgress;
import org.ocmcore.cache.domain.transfer.RateLimit;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DumpPacingTest extends DumperFixture {
  @Test
  void serversAreReadInParallelDuringTheWalk() {
    bench.storeMany("k", 30_000);
    Set<Thread> threads = new HashSet<>();
    bench.cache.beforeEach(operation -> {
      if (operation.equals("walk") || operation.equals("bulk read")) {
        synchronized (threads) {
          threads.add(Thread.currentThread());
        }
      }
    });
    ExecutorService executor = Executors.newCachedThreadPool();
    try {
      bench.dumper(Bench.POLICY, executor).dump(Progress.UNWATCHED);
    } finally {
      executor.shutdownNow();
    }
    assertEquals(bench.cache.keys(), keys(bench.dumps.entries("dump")));
    assertTrue(threads.size() > 1, threads::toString);
  }

  @Test
  void anExecutorThatIsClosedEndsTheDump() {
    AtomicInteger given = new AtomicInteger();
    Dumper dumper = bench.dumper(Bench.POLICY, work -> {
      if (given.incrementAndGet() == 3) {
        throw new RejectedExecutionException("closed");
      }
      work.run();
    });
    bench.storeMany("k", 10);
    assertThrows(DumpFailed.class, () -> dumper.dump(Progress.UNWATCHED));
    assertEquals(List.of(), bench.dumps.names());
    assertEquals(0, bench.dumps.open());
  }

  @Test
  void aRateIsKept() {
    Bench one = new Bench("a:1");
    one.storeMany("k", 1_000);
    Duration took = one.dumper(at(new RateLimit(100, Duration.ZERO)))
        .dump(Progress.UNWATCHED)
        .duration();
    assertTrue(took.toMillis() > 8_000 && took.toMillis() < 10_100, took::toString);
  }

  @Test
  void theRateIsThatOfAllServersTogether() {
    bench.storeMany("k", 3_000);
    Duration took = bench
        .dumper(at(new RateLimit(1_000, Duration.ZERO)))
        .dump(Progress.UNWATCHED)
        .duration();
    // On one thread the servers come one after the other, each at a third of the rate.
    assertTrue(took.toMillis() > 7_000 && took.toMillis() < 9_100, took::toString);
  }

  @Test
  void farServerIsDumpedWithoutPauses() {
    Bench one = new Bench("a:1");
    one.storeMany("k", 1_000);
    one.cache.answerWithin("a:1", Duration.ofMillis(200));
    RecordedProgress progress = new RecordedProgress();
    DumpResult report = one.dumper(at(new RateLimit(0, Duration.ofMillis(50)))).dump(progress);
    assertEquals(1_000, report.dump().entries());
    assertEquals(Duration.ZERO, report.duration());
    assertEquals(Duration.ZERO, progress.throttled());
  }

  @Test
  void slowServerIsDumpedWithPauses() {
    Bench one = new Bench("a:1");
    one.storeMany("k", 1_000);
    AtomicInteger probes = new AtomicInteger();
    one.before("probe", () -> {
      // The first, and each other one, finds the server left alone.
      boolean isAlone = probes.getAndIncrement() % 2 == 0;
      one.cache.answerWithin("a:1", Duration.ofMillis(isAlone ? 1 : 80));
    });
    RecordedProgress progress = new RecordedProgress();
    DumpResult report =
        one.dumper(at(new RateLimit(100, Duration.ofMillis(50)))).dump(progress);
    assertEquals(1_000, report.dump().entries());
    assertTrue(progress.throttled().toSeconds() > 10, progress.throttled()::toString);
    assertTrue(
        one.events.reported().contains("throttled for a:1"), one.events.reported()::toString);
  }

  @Test
  void aServerIsMeasuredBeforeItIsWalked() {
    Bench one = new Bench("a:1");
    one.store("k", "v");
    List<String> calls = new ArrayList<>();
    one.cache.beforeEach(calls::add);
    one.dumper(at(new RateLimit(0, Duration.ofMillis(50)))).dump(Progress.UNWATCHED);
    assertTrue(
        calls.indexOf("probe") >= 0 && calls.indexOf("probe") < calls.indexOf("walk"),
        calls::toString);
  }

  @Test
  void dumpSurvivesFailedProbes() {
    Bench one = new Bench("a:1");
    one.storeMany("k", 1_000);
    AtomicInteger probes = new AtomicInteger();
    one.before("probe", () -> {
      if (probes.getAndIncrement() > 0) {
        throw new StoreUnavailable("a:1", "probe", "it did not answer within 5 s");
      }
    });
    DumpResult report =
        one.dumper(at(new RateLimit(100, Duration.ofMillis(50)))).dump(Progress.UNWATCHED);
    assertEquals(1_000, report.dump().entries());
    assertTrue(probes.get() > 1, probes::toString);
  }

  /** Lifetimes count from the answer: what holds a dump back must not come between. */
  @Test
  void whatIsHeldBackExpiresNoLater() {
    Bench one = new Bench("a:1");
    one.storeMany("k", 1_000);
    AtomicInteger reads = new AtomicInteger();
    one.before("bulk read", reads::incrementAndGet);
    one.dumper(at(new RateLimit(1_000, Duration.ZERO))).dump(Progress.UNWATCHED);
    // It is paused between reads, each of a single key here, and never within one.
    assertEquals(1_000, reads.get());
  }

  @Test
  void throttledDumpCanBeCancelled() {
    Bench one = new Bench("a:1");
    one.storeMany("k", 1_000);
    one.cache.answerWithin("a:1", Duration.ofSeconds(1));
    RecordedProgress progress = new RecordedProgress();
    one.before("probe", progress::cancel);
    assertThrows(
        Cancelled.class,
        () -> one.dumper(at(new RateLimit(0, Duration.ofMillis(50)))).dump(progress));
  }
}
