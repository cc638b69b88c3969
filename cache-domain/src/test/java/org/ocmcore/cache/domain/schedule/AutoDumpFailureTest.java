package org.ocmcore.cache.domain.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.dump.DumpPolicy;
import org.ocmcore.cache.domain.dump.Retention;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.schedule.AutoDump.LastDump;
import org.ocmcore.cache.domain.schedule.AutoDump.State;
import org.ocmcore.cache.domain.transfer.RateLimit;

class AutoDumpFailureTest extends AutoDumpFixture {
  @Test
  void failedDumpIsRetriedWithBackoff() {
    autoDump.start();
    bench.cache.takeDown("b:1");
    bench.scheduler.advance(MINUTE);
    for (int pause : List.of(10, 20, 40, 60, 60)) {
      Instant now = bench.clock.instant();
      assertEquals(Optional.of(now.plusSeconds(pause)), autoDump.state().nextDumpAt());
      bench.scheduler.advance(Duration.ofSeconds(pause));
    }
    State failed = autoDump.state();
    assertEquals(6, failed.consecutiveFailures());
    LastDump last = failed.lastDump().orElseThrow();
    assertEquals(Optional.of("b:1: walk failed: connection refused"), last.error());
    assertEquals(0, last.entries());
    assertEquals(bench.clock.instant(), last.finishedAt());
    bench.cache.bringBack("b:1");
    bench.scheduler.advance(MINUTE);
    assertEquals(0, autoDump.state().consecutiveFailures());
    assertEquals(Optional.empty(), autoDump.state().lastDump().orElseThrow().error());
    assertEquals(
        Optional.of(bench.clock.instant().plus(MINUTE)), autoDump.state().nextDumpAt());
  }

  @Test
  void dumpNeedsEnoughChanges() {
    AutoDump patient = patient(5);
    patient.start();
    bench.scheduler.advance(MINUTE);
    assertEquals(List.of("written 1"), reported());
    bench.storeMany("k", 4);
    bench.scheduler.advance(MINUTE);
    assertEquals(List.of("written 1"), reported());
    assertEquals(OptionalLong.of(4), patient.state().tooFewChanges());
    assertEquals(
        Optional.of(bench.clock.instant().plus(MINUTE)), patient.state().nextDumpAt());
    bench.cache.delete(CacheKey.of("k1"));
    bench.scheduler.advance(MINUTE);
    assertEquals(List.of("written 1", "written 4"), reported());
    assertEquals(OptionalLong.empty(), patient.state().tooFewChanges());
    bench.scheduler.advance(MINUTE);
    assertEquals(OptionalLong.of(0), patient.state().tooFewChanges());
    assertEquals(2, reported().size());
  }

  @Test
  void changesWhileItDumpsCountForTheNext() {
    patient(2).start();
    bench.before("bulk read", () -> bench.store("meanwhile", "v"));
    bench.scheduler.advance(MINUTE.multipliedBy(2));
    assertEquals(2, reported().size());
  }

  @Test
  void restartedOrSilentServerHasChangedEnough() {
    patient(1_000).start();
    bench.scheduler.advance(MINUTE);
    bench.cache.restart("b:1");
    bench.scheduler.advance(MINUTE);
    assertEquals(2, reported().size());
    bench.cache.takeDown("c:1");
    bench.scheduler.advance(MINUTE);
    assertEquals(3, reported().size());
    assertTrue(reported().get(2).startsWith("failed: c:1"), reported().get(2));
  }

  private AutoDump patient(long minChanges) {
    DumpPolicy policy =
        new DumpPolicy(MINUTE, minChanges, new Retention(2, 0), false, RateLimit.FULL);
    return new AutoDump(
        bench.dumpJobs,
        policy,
        bench.cache,
        Optional.empty(),
        bench.events,
        bench.scheduler,
        bench.clock);
  }

  @Test
  void unexpectedFailureDoesNotEndTheSeries() {
    autoDump.start();
    bench.before("bulk read", () -> {
      throw new IllegalStateException("a fault in the adapter");
    });
    bench.scheduler.advance(MINUTE);
    assertEquals(
        Optional.of("internal error, see the log"),
        autoDump.state().lastDump().orElseThrow().error());
    assertEquals(1, autoDump.state().consecutiveFailures());
    assertEquals(List.of("failed: a fault in the adapter"), reported());
    assertEquals(1, bench.scheduler.due().size());
  }

  @Test
  void anErrorDoesNotEndTheSeriesEither() {
    autoDump.start();
    bench.before("stats", () -> {
      throw new OutOfMemoryError("for once");
    });
    assertThrows(OutOfMemoryError.class, () -> bench.scheduler.advance(MINUTE));
    bench.before("stats", () -> {});
    bench.scheduler.advance(MINUTE);
    assertEquals(List.of("written 1"), reported());
  }

  @Test
  void emptyCacheKeepsAFullDump() {
    autoDump.start();
    bench.scheduler.advance(MINUTE);
    Optional<LastDump> good = autoDump.state().lastDump();
    bench.cache.delete(CacheKey.of("k"));
    bench.scheduler.advance(MINUTE.multipliedBy(5));
    assertEquals(List.of("dump-1"), bench.dumps.names());
    assertEquals(1, bench.dumps.entries("dump").size());
    assertEquals(0, bench.dumps.open());
    assertEquals(6, reported().size());
    assertEquals(
        "skipped: the cache is empty, and the current dump is not", reported().get(5));
    assertEquals(good, autoDump.state().lastDump());
    assertEquals(0, autoDump.state().consecutiveFailures());
    assertEquals(1, bench.scheduler.due().size());
    bench.store("k", "v");
    bench.scheduler.advance(MINUTE);
    assertEquals(2, bench.dumps.names().size());
  }

  @Test
  void cacheEmptiedDuringTheDumpKeepsIt() {
    bench.dumpJobs.dump();
    autoDump.start();
    bench.before("bulk read", () -> bench.cache.delete(CacheKey.of("k")));
    bench.scheduler.advance(MINUTE);
    assertEquals(List.of("dump-1"), bench.dumps.names());
  }

  @Test
  void emptyCacheIsDumpedWithoutAFullDump() {
    bench.cache.delete(CacheKey.of("k"));
    autoDump.start();
    bench.scheduler.advance(MINUTE.multipliedBy(2));
    assertEquals(List.of("written 0", "written 0"), reported());
  }

  @Test
  void manualDumpOfAnEmptyCacheIsWritten() {
    bench.dumpJobs.dump();
    bench.cache.delete(CacheKey.of("k"));
    bench.dumpJobs.dump();
    assertEquals(List.of("written 1", "written 0"), reported());
  }

  @Test
  void runningManualDumpIsNoFailure() {
    autoDump.start();
    bench.before("bulk read", () -> {
      bench.before("nothing", () -> {});
      bench.scheduler.advance(MINUTE);
    });
    bench.dumpJobs.dump();
    assertEquals(List.of("written 1"), reported());
    assertEquals(0, autoDump.state().consecutiveFailures());
    assertEquals(Optional.empty(), autoDump.state().lastDump());
    assertEquals(List.of(noon.plus(MINUTE).plus(MINUTE)), bench.scheduler.due());
  }

  @Test
  void cancelledDumpIsNoFailure() {
    autoDump.start();
    bench.before(
        "bulk read", () -> bench.jobs.recent().forEach(job -> bench.jobs.cancel(job.id())));
    bench.scheduler.advance(MINUTE);
    assertEquals(List.of("dump CANCELLED"), bench.ended.reported());
    assertEquals(Optional.empty(), autoDump.state().lastDump());
    assertEquals(0, autoDump.state().consecutiveFailures());
    assertEquals(List.of(noon.plus(MINUTE).plus(MINUTE)), bench.scheduler.due());
  }
}
