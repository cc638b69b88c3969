package org.ocmcore.cache.domain.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.testing.ManualExecutor;
import org.ocmcore.cache.domain.testing.MutableClock;

class LatencyBackoffTest {
  private static final Duration TOLERANCE = Duration.ofMillis(50);

  private final MutableClock clock = new MutableClock();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> reported = new ArrayList<>();
  private Duration leftAlone = Duration.ofMillis(1);
  private Duration busy = Duration.ofMillis(1);
  private boolean working;

  private LatencyBackoff backoff(Duration tolerance, Executor executor) {
    LatencyBackoff.Listener listener = new LatencyBackoff.Listener() {
      @Override
      public void paused(Duration time) {
        pauses.add(time);
      }

      @Override
      public void lasting(Duration latency, Duration alone) {
        reported.add(latency.toMillis() + " ms, not " + alone.toMillis());
      }
    };
    return new LatencyBackoff(tolerance, this::probe, executor, listener, clock);
  }

  private LatencyBackoff backoff() {
    return backoff(TOLERANCE, Runnable::run);
  }

  private Duration probe() {
    return working ? busy : leftAlone;
  }

  /** Works and pauses as the backoff demands; returns how long it has worked. */
  private Duration work(LatencyBackoff backoff, Duration time) {
    Duration step = Duration.ofMillis(10);
    Duration worked = Duration.ZERO;
    for (Duration passed = Duration.ZERO;
        passed.compareTo(time) < 0;
        passed = passed.plus(step).plus(sumOfPauses())) {
      pauses.clear();
      working = false;
      backoff.await(clock::advance);
      working = true;
      clock.advance(step);
      backoff.mustPause();
      worked = worked.plus(step);
    }
    return worked;
  }

  private Duration sumOfPauses() {
    return pauses.stream().reduce(Duration.ZERO, Duration::plus);
  }

  @Test
  void aFarServerIsNoSlowOne() {
    leftAlone = Duration.ofMillis(200);
    busy = Duration.ofMillis(249);
    assertEquals(Duration.ofMinutes(10), work(backoff(), Duration.ofMinutes(10)));
  }

  @Test
  void pausesGrowWhileAServerIsSlow() {
    busy = Duration.ofMillis(60);
    LatencyBackoff backoff = backoff();
    backoff.await(clock::advance);
    List<Duration> paused = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      clock.advance(Duration.ofMillis(250));
      working = true;
      assertTrue(backoff.mustPause());
      working = false;
      backoff.await(clock::advance);
      assertFalse(backoff.mustPause());
      paused.add(pauses.remove(0));
    }
    assertEquals(
        List.of(50L, 100L, 200L, 400L, 800L, 1_000L, 1_000L),
        paused.stream().map(Duration::toMillis).toList());
    busy = Duration.ofMillis(2);
    clock.advance(Duration.ofMillis(250));
    working = true;
    assertFalse(backoff.mustPause());
    busy = Duration.ofMillis(60);
    clock.advance(Duration.ofMillis(250));
    assertTrue(backoff.mustPause());
    working = false;
    backoff.await(clock::advance);
    assertEquals(List.of(Duration.ofMillis(50)), pauses);
  }

  @Test
  void workNeverStopsAltogether() {
    busy = Duration.ofSeconds(1);
    Duration worked = work(backoff(), Duration.ofMinutes(10));
    assertEquals(600 / 5, worked.toSeconds(), 10);
  }

  @Test
  void longerRouteIsTheBaselineAfterAMinute() {
    LatencyBackoff backoff = backoff();
    work(backoff, Duration.ofMinutes(2));
    leftAlone = Duration.ofMillis(150);
    busy = Duration.ofMillis(160);
    work(backoff, Duration.ofMinutes(1));
    assertEquals(Duration.ofMinutes(5), work(backoff, Duration.ofMinutes(5)));
  }

  @Test
  void slowStartIsCorrectedLater() {
    leftAlone = Duration.ofMillis(500);
    LatencyBackoff backoff = backoff();
    work(backoff, Duration.ofSeconds(10));
    leftAlone = Duration.ofMillis(1);
    busy = Duration.ofMillis(2);
    work(backoff, Duration.ofSeconds(10));
    busy = Duration.ofMillis(60);
    assertTrue(work(backoff, Duration.ofSeconds(20)).toSeconds() < 10);
  }

  @Test
  void lastingSlownessIsReportedEveryTenSeconds() {
    busy = Duration.ofMillis(80);
    LatencyBackoff backoff = backoff();
    work(backoff, Duration.ofSeconds(9));
    assertEquals(List.of(), reported);
    work(backoff, Duration.ofSeconds(25));
    assertEquals(List.of("80 ms, not 1", "80 ms, not 1", "80 ms, not 1"), reported);
  }

  @Test
  void withoutAToleranceNothingIsMeasured() {
    LatencyBackoff backoff = new LatencyBackoff(
        Duration.ZERO,
        () -> {
          throw new AssertionError("probed");
        },
        Runnable::run,
        LatencyBackoff.Listener.NONE,
        clock);
    assertEquals(Duration.ofMinutes(1), work(backoff, Duration.ofMinutes(1)));
  }

  @Test
  void workContinuesUntilAProbeIsLate() {
    ManualExecutor executor = new ManualExecutor();
    LatencyBackoff backoff = backoff(TOLERANCE, executor);
    backoff.await(clock::advance);
    clock.advance(Duration.ofMillis(250));
    assertFalse(backoff.mustPause());
    clock.advance(Duration.ofMillis(53));
    assertFalse(backoff.mustPause());
    clock.advance(Duration.ofMillis(1));
    assertTrue(backoff.mustPause());
    backoff.await(clock::advance);
    assertEquals(List.of(Duration.ofMillis(50)), pauses);
    executor.runAll();
    assertFalse(backoff.mustPause());
  }

  private static final StoreUnavailable TIMED_OUT =
      new StoreUnavailable("a:1", "probe", "timed out");

  @Test
  void unansweredFirstProbeFails() {
    LatencyBackoff backoff = new LatencyBackoff(
        TOLERANCE,
        () -> {
          throw TIMED_OUT;
        },
        Runnable::run,
        LatencyBackoff.Listener.NONE,
        clock);
    assertEquals(
        TIMED_OUT, assertThrows(StoreUnavailable.class, () -> backoff.await(clock::advance)));
  }

  @Test
  void failedProbeCountsAsSlow() {
    ManualExecutor executor = new ManualExecutor();
    LatencyBackoff backoff = new LatencyBackoff(
        TOLERANCE,
        () -> {
          if (working) {
            throw TIMED_OUT;
          }
          return leftAlone;
        },
        executor,
        LatencyBackoff.Listener.NONE,
        clock);
    backoff.await(clock::advance);
    working = true;
    clock.advance(Duration.ofMillis(250));
    assertFalse(backoff.mustPause());
    clock.advance(Duration.ofSeconds(5));
    executor.runAll();
    assertTrue(backoff.mustPause());
    // It does not answer in the pause, either.
    backoff.await(clock::advance);
    assertFalse(backoff.mustPause());
  }

  @Test
  void failedProbeDoesNotLowerTheBaseline() {
    leftAlone = Duration.ofMillis(100);
    ManualExecutor executor = new ManualExecutor();
    LatencyBackoff backoff = new LatencyBackoff(
        TOLERANCE,
        () -> {
          if (working) {
            throw TIMED_OUT;
          }
          return leftAlone;
        },
        executor,
        LatencyBackoff.Listener.NONE,
        clock);
    backoff.await(clock::advance);
    working = true;
    clock.advance(Duration.ofMillis(250));
    assertFalse(backoff.mustPause());
    executor.runAll();
    assertFalse(backoff.mustPause());
    working = false;
    clock.advance(Duration.ofMillis(250));
    assertFalse(backoff.mustPause());
    executor.runAll();
    assertFalse(backoff.mustPause());
  }

  @Test
  void connectingProbeIsNotSlow() {
    leftAlone = Duration.ofMillis(200);
    ManualExecutor executor = new ManualExecutor();
    LatencyBackoff backoff = backoff(TOLERANCE, executor);
    backoff.await(clock::advance);
    clock.advance(Duration.ofMillis(250));
    assertFalse(backoff.mustPause());
    clock.advance(Duration.ofMillis(3 * 200 + 50));
    assertFalse(backoff.mustPause());
    clock.advance(Duration.ofMillis(1));
    assertTrue(backoff.mustPause());
  }

  @Test
  void backwardClockDelaysNoProbe() {
    LatencyBackoff backoff = backoff();
    backoff.await(clock::advance);
    clock.advance(Duration.ofHours(-1));
    working = true;
    busy = Duration.ofMillis(80);
    assertTrue(backoff.mustPause());
  }
}
