package org.ocmcore.cache.domain.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.dump.DumpPolicy;
import org.ocmcore.cache.domain.dump.ReservedKeys;
import org.ocmcore.cache.domain.dump.Retention;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.schedule.AutoDump.LastDump;
import org.ocmcore.cache.domain.schedule.AutoDump.State;
import org.ocmcore.cache.domain.testing.Bench;
import org.ocmcore.cache.domain.transfer.RateLimit;

class AutoDumpTest {
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration TEN = Duration.ofSeconds(10);

  private final Bench bench = new Bench();
  private final AutoDump autoDump = bench.autoDump;
  private final Instant noon = bench.clock.instant();

  @BeforeEach
  void storeAKey() {
    bench.store("k", "v");
  }

  private List<String> told() {
    return bench.events.told();
  }

  @Test
  void itDoesNotRunUntilItIsStarted() {
    bench.scheduler.advance(MINUTE.multipliedBy(10));
    assertEquals(List.of(), told());
    assertEquals(
        new State(
            false,
            MINUTE,
            Optional.empty(),
            Optional.empty(),
            0,
            OptionalLong.empty(),
            Optional.empty()),
        autoDump.state());
  }

  @Test
  void itDumpsAgainAndAgain() {
    State started = autoDump.start();
    assertEquals(
        new State(
            true,
            MINUTE,
            Optional.of(noon.plus(MINUTE)),
            Optional.empty(),
            0,
            OptionalLong.empty(),
            Optional.empty()),
        started);
    bench.scheduler.advance(MINUTE.minusSeconds(1));
    assertEquals(List.of(), told());
    bench.scheduler.advance(Duration.ofSeconds(1));
    assertEquals(List.of("written 1"), told());
    State state = autoDump.state();
    assertEquals(Optional.of(noon.plus(MINUTE).plus(MINUTE)), state.nextDumpAt());
    DumpInfo dump = bench.dumps.describe("dump");
    assertEquals(
        Optional.of(
            new LastDump(noon.plus(MINUTE), 1, dump.bytes(), Duration.ZERO, Optional.empty())),
        state.lastDump());
    bench.scheduler.advance(MINUTE.multipliedBy(3));
    assertEquals(4, told().size());
    assertEquals(1, bench.scheduler.due().size());
  }

  @Test
  void intervalCountsFromTheEndOfADump() {
    autoDump.start();
    bench.dumps.whileCommitting(() -> bench.clock.advance(Duration.ofSeconds(200)));
    bench.scheduler.advance(MINUTE);
    assertEquals(1, told().size());
    assertEquals(List.of(noon.plusSeconds(60 + 200 + 60)), bench.scheduler.due());
    assertEquals(
        Duration.ofSeconds(200), autoDump.state().lastDump().orElseThrow().duration());
  }

  @Test
  void zeroIntervalLeavesTheDefault() {
    AutoDump manual = new AutoDump(
        bench.dumpJobs,
        DumpPolicy.every(Duration.ZERO, new Retention(0, 0)),
        bench.cache,
        Optional.empty(),
        bench.events,
        bench.scheduler,
        bench.clock);
    assertEquals(DumpPolicy.DEFAULT_INTERVAL, manual.state().interval());
    assertEquals(
        Optional.of(noon.plus(DumpPolicy.DEFAULT_INTERVAL)), manual.start().nextDumpAt());
  }

  @Test
  void startingAgainTakesTheNewIntervalFromNow() {
    autoDump.start();
    bench.scheduler.advance(TEN);
    State state = autoDump.start(TEN);
    assertEquals(Optional.of(noon.plusSeconds(20)), state.nextDumpAt());
    assertEquals(List.of(noon.plusSeconds(20)), bench.scheduler.due());
  }

  @Test
  void retimingTakesTheNewIntervalFromNow() {
    autoDump.start();
    bench.scheduler.advance(TEN);
    assertEquals(
        Optional.of(noon.plusSeconds(15)),
        autoDump.retime(Duration.ofSeconds(5)).nextDumpAt());
    assertEquals(List.of(noon.plusSeconds(15)), bench.scheduler.due());
  }

  @Test
  void retimingWhatDoesNotRunStartsNothing() {
    assertFalse(autoDump.retime(TEN).running());
    assertEquals(List.of(), bench.scheduler.due());
    assertEquals(Optional.of(noon.plus(TEN)), autoDump.start().nextDumpAt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT1.5S", "PT745H"})
  void aWrongIntervalChangesNothing(String wrong) {
    State stopped = autoDump.state();
    assertThrows(IllegalArgumentException.class, () -> autoDump.start(Duration.parse(wrong)));
    assertThrows(IllegalArgumentException.class, () -> autoDump.retime(Duration.parse(wrong)));
    assertEquals(stopped, autoDump.state());
    State started = autoDump.start();
    assertThrows(IllegalArgumentException.class, () -> autoDump.start(Duration.parse(wrong)));
    assertThrows(IllegalArgumentException.class, () -> autoDump.retime(Duration.parse(wrong)));
    assertEquals(started, autoDump.state());
    assertEquals(1, bench.scheduler.due().size());
  }

  @Test
  void stoppingEndsTheSeriesAtOnce() {
    autoDump.start();
    bench.scheduler.advance(MINUTE);
    State stopped = autoDump.stop();
    assertFalse(stopped.running());
    assertEquals(Optional.empty(), stopped.nextDumpAt());
    assertTrue(stopped.lastDump().isPresent());
    assertEquals(List.of(), bench.scheduler.due());
    bench.scheduler.advance(MINUTE.multipliedBy(5));
    assertEquals(1, told().size());
    assertTrue(autoDump.start().running());
    bench.scheduler.advance(MINUTE);
    assertEquals(2, told().size());
  }

  @Test
  void dumpCancelledTooLateDoesNothing() {
    autoDump.start();
    Runnable late = bench.scheduler.waiting().get(0);
    autoDump.retime(TEN);
    late.run();
    autoDump.stop();
    late.run();
    autoDump.start();
    late.run();
    assertEquals(List.of(), told());
    assertEquals(List.of(noon.plus(TEN)), bench.scheduler.due());
  }

  @Test
  void itIsStoppedWhileItDumps() {
    autoDump.start();
    List<State> seen = new ArrayList<>();
    bench.before("bulk read", () -> seen.add(onAnotherThread(autoDump::stop)));
    bench.scheduler.advance(MINUTE);
    assertFalse(seen.get(0).running());
    assertEquals(List.of("written 1"), told());
    assertEquals(List.of(), bench.scheduler.due());
    assertTrue(autoDump.state().lastDump().isPresent());
  }

  @Test
  void itIsRetimedWhileItDumps() {
    autoDump.start();
    List<State> seen = new ArrayList<>();
    bench.before("bulk read", () -> seen.add(onAnotherThread(() -> autoDump.retime(TEN))));
    bench.scheduler.advance(MINUTE);
    assertEquals(TEN, seen.get(0).interval());
    assertEquals(Optional.empty(), seen.get(0).nextDumpAt());
    assertEquals(List.of(noon.plus(MINUTE).plus(TEN)), bench.scheduler.due());
  }

  @Test
  void restartDuringADumpKeepsOneSeries() {
    autoDump.start();
    bench.before("bulk read", () -> {
      onAnotherThread(autoDump::stop);
      onAnotherThread(autoDump::start);
    });
    bench.scheduler.advance(MINUTE);
    assertEquals(List.of(noon.plus(MINUTE).plus(MINUTE)), bench.scheduler.due());
  }

  /** What another thread is answered, without waiting for the dump that runs on this one. */
  private static <T> T onAnotherThread(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work).orTimeout(5, TimeUnit.SECONDS).join();
  }

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
    assertEquals(List.of("written 1"), told());
    bench.storeMany("k", 4);
    bench.scheduler.advance(MINUTE);
    assertEquals(List.of("written 1"), told());
    assertEquals(OptionalLong.of(4), patient.state().tooFewChanges());
    assertEquals(
        Optional.of(bench.clock.instant().plus(MINUTE)), patient.state().nextDumpAt());
    bench.cache.delete(CacheKey.of("k1"));
    bench.scheduler.advance(MINUTE);
    assertEquals(List.of("written 1", "written 4"), told());
    assertEquals(OptionalLong.empty(), patient.state().tooFewChanges());
    bench.scheduler.advance(MINUTE);
    assertEquals(OptionalLong.of(0), patient.state().tooFewChanges());
    assertEquals(2, told().size());
  }

  @Test
  void changesWhileItDumpsCountForTheNext() {
    patient(2).start();
    bench.before("bulk read", () -> bench.store("meanwhile", "v"));
    bench.scheduler.advance(MINUTE.multipliedBy(2));
    assertEquals(2, told().size());
  }

  @Test
  void restartedOrSilentServerHasChangedEnough() {
    patient(1_000).start();
    bench.scheduler.advance(MINUTE);
    bench.cache.restart("b:1");
    bench.scheduler.advance(MINUTE);
    assertEquals(2, told().size());
    bench.cache.takeDown("c:1");
    bench.scheduler.advance(MINUTE);
    assertEquals(3, told().size());
    assertTrue(told().get(2).startsWith("failed: c:1"), told().get(2));
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
    assertEquals(List.of("failed: a fault in the adapter"), told());
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
    assertEquals(List.of("written 1"), told());
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
    assertEquals(6, told().size());
    assertEquals(
        "skipped: the cache is empty, and the current dump is not", told().get(5));
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
    assertEquals(List.of("written 0", "written 0"), told());
  }

  @Test
  void manualDumpOfAnEmptyCacheIsWritten() {
    bench.dumpJobs.dump();
    bench.cache.delete(CacheKey.of("k"));
    bench.dumpJobs.dump();
    assertEquals(List.of("written 1", "written 0"), told());
  }

  @Test
  void runningManualDumpIsNoFailure() {
    autoDump.start();
    bench.before("bulk read", () -> {
      bench.before("nothing", () -> {});
      bench.scheduler.advance(MINUTE);
    });
    bench.dumpJobs.dump();
    assertEquals(List.of("written 1"), told());
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
    assertEquals(List.of("dump CANCELLED"), bench.ended.told());
    assertEquals(Optional.empty(), autoDump.state().lastDump());
    assertEquals(0, autoDump.state().consecutiveFailures());
    assertEquals(List.of(noon.plus(MINUTE).plus(MINUTE)), bench.scheduler.due());
  }

  private DumpLease lease(String holder) {
    return new DumpLease(bench.cache, holder);
  }

  private AutoDump leased(DumpLease lease) {
    return new AutoDump(
        bench.dumpJobs,
        Bench.POLICY,
        bench.cache,
        Optional.of(lease),
        bench.events,
        bench.scheduler,
        bench.clock);
  }

  @Test
  void ofTwoProcessesOneDumpsUntilItStops() {
    AutoDump one = leased(lease("one"));
    one.start();
    AutoDump other = leased(lease("other"));
    other.start();
    bench.scheduler.advance(MINUTE.multipliedBy(5));
    assertEquals(5, told().size());
    assertEquals(Optional.empty(), one.state().madeBy());
    assertEquals(Optional.of("one"), other.state().madeBy());
    assertEquals(Optional.empty(), other.state().lastDump());
    assertEquals(0, other.state().consecutiveFailures());
    one.stop();
    bench.scheduler.advance(MINUTE);
    assertEquals(6, told().size());
    assertEquals(Optional.empty(), other.state().madeBy());
    assertTrue(other.state().lastDump().isPresent());
  }

  @Test
  void expiredLeaseIsTakenOver() {
    assertTrue(lease("gone").hold(Duration.ofSeconds(150)));
    AutoDump next = leased(lease("next"));
    next.start();
    bench.scheduler.advance(MINUTE.multipliedBy(2));
    assertEquals(List.of(), told());
    bench.scheduler.advance(MINUTE);
    assertEquals(1, told().size());
  }

  @Test
  void theLeaseIsNotDumped() {
    AutoDump one = leased(lease("one"));
    one.start();
    bench.scheduler.advance(MINUTE);
    assertEquals(List.of("written 1"), told());
    assertTrue(bench.cache.keys().contains(ReservedKeys.DUMP_LEASE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1S", "PT0S", "PT-1H"})
  void dumpWithALostLeaseIsDiscarded(Duration clockGoes) {
    AutoDump one = leased(lease("one"));
    one.start();
    bench.dumps.whileCommitting(() -> {
      // At the very moment of a look, and with a clock that was set back: it is looked once more.
      bench.clock.advance(clockGoes);
      one.stop();
      bench.cache.delete(ReservedKeys.DUMP_LEASE);
      assertTrue(lease("other").hold(MINUTE));
    });
    bench.scheduler.advance(MINUTE);
    assertEquals(List.of("failed: its lease was lost meanwhile to other"), told());
    assertEquals(List.of(), bench.dumps.names());
    assertEquals(1, one.state().consecutiveFailures());
  }

  @Test
  void leaseIsRenewedDuringALongDump() {
    AutoDump one = leased(lease("one"));
    one.start();
    bench.storeMany("k", 3_000);
    bench.dumps.beforeEachEntry(() -> bench.clock.advance(Duration.ofMillis(500)));
    bench.scheduler.advance(MINUTE);
    assertEquals(List.of("written 3001"), told());
    assertFalse(lease("other").hold(MINUTE));
  }

  @Test
  void unreachableLeaseServerIsAFailure() {
    AutoDump one = leased(lease("one"));
    one.start();
    bench.cache.takeDown(bench.cache.place(ReservedKeys.DUMP_LEASE).server());
    bench.scheduler.advance(MINUTE);
    assertEquals(1, one.state().consecutiveFailures());
    String error = one.state().lastDump().orElseThrow().error().orElseThrow();
    assertEquals(List.of("failed: " + error), told());
  }

  @Test
  void whatKeepsTheLeaseIsNoChange() {
    AutoDump one = new AutoDump(
        bench.dumpJobs,
        new DumpPolicy(MINUTE, 1, new Retention(3, 0), false, RateLimit.FULL),
        bench.cache,
        Optional.of(lease("one")),
        bench.events,
        bench.scheduler,
        bench.clock);
    one.start();
    bench.scheduler.advance(MINUTE.multipliedBy(5));
    assertEquals(1, told().size());
    bench.store("k", "changed");
    bench.scheduler.advance(MINUTE.multipliedBy(5));
    assertEquals(2, told().size());
  }

  @Test
  void lostLeaseIsNotTakenBack() {
    DumpLease one = lease("one");
    assertTrue(one.hold(MINUTE));
    bench.clock.advance(MINUTE);
    DumpLease other = lease("other");
    assertTrue(other.hold(MINUTE));
    one.release();
    other.requireHeld();
    assertFalse(one.hold(MINUTE));
    assertEquals(Optional.of("other"), one.holder());
    other.release();
    other.release();
    assertEquals(Optional.empty(), bench.cache.get(ReservedKeys.DUMP_LEASE));
  }
}
