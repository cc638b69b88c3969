package org.ocmcore.cache.domain.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.dump.DumpPolicy;
import org.ocmcore.cache.domain.dump.Retention;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.schedule.AutoDump.LastDump;
import org.ocmcore.cache.domain.schedule.AutoDump.State;

class AutoDumpTest extends AutoDumpFixture {
  private static final Duration TEN = Duration.ofSeconds(10);

  @Test
  void itDoesNotRunUntilItIsStarted() {
    bench.scheduler.advance(MINUTE.multipliedBy(10));
    assertEquals(List.of(), reported());
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
    assertEquals(List.of(), reported());
    bench.scheduler.advance(Duration.ofSeconds(1));
    assertEquals(List.of("written 1"), reported());
    State state = autoDump.state();
    assertEquals(Optional.of(noon.plus(MINUTE).plus(MINUTE)), state.nextDumpAt());
    DumpInfo dump = bench.dumps.describe("dump");
    assertEquals(
        Optional.of(
            new LastDump(noon.plus(MINUTE), 1, dump.bytes(), Duration.ZERO, Optional.empty())),
        state.lastDump());
    bench.scheduler.advance(MINUTE.multipliedBy(3));
    assertEquals(4, reported().size());
    assertEquals(1, bench.scheduler.due().size());
  }

  @Test
  void intervalCountsFromTheEndOfADump() {
    autoDump.start();
    bench.dumps.whileCommitting(() -> bench.clock.advance(Duration.ofSeconds(200)));
    bench.scheduler.advance(MINUTE);
    assertEquals(1, reported().size());
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
    assertEquals(1, reported().size());
    assertTrue(autoDump.start().running());
    bench.scheduler.advance(MINUTE);
    assertEquals(2, reported().size());
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
    assertEquals(List.of(), reported());
    assertEquals(List.of(noon.plus(TEN)), bench.scheduler.due());
  }

  @Test
  void itIsStoppedWhileItDumps() {
    autoDump.start();
    List<State> seen = new ArrayList<>();
    bench.before("bulk read", () -> seen.add(onAnotherThread(autoDump::stop)));
    bench.scheduler.advance(MINUTE);
    assertFalse(seen.get(0).running());
    assertEquals(List.of("written 1"), reported());
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
}
