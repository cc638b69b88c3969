package org.ocmcore.cache.domain.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.testing.MutableClock;

class ThrottleTest {
  private static final Duration FAST = Duration.ofMillis(1);

  private final MutableClock clock = new MutableClock();
  private final Deque<Duration> latencies = new ArrayDeque<>();
  private Duration slept = Duration.ZERO;
  private Duration oversleep = Duration.ZERO;
  private int probes;

  private Throttle throttle(RateLimit rateLimit, int servers) {
    LatencyBackoff backoff = new LatencyBackoff(
        rateLimit.maxLatency(), this::probe, Runnable::run, LatencyBackoff.Listener.NONE, clock);
    return Throttle.ofOne(
        rateLimit.keysPerSecond(), servers, backoff, () -> {}, this::sleep, clock);
  }

  private Duration probe() {
    probes++;
    return latencies.isEmpty() ? FAST : latencies.remove();
  }

  private void sleep(Duration time) {
    slept = slept.plus(time);
    clock.advance(time.plus(oversleep));
  }

  private static void read(Throttle throttle, int keys) {
    for (int i = 0; i < keys; i++) {
      throttle.await();
      throttle.count();
    }
  }

  @Test
  void aServerGetsItsShareOfTheRate() {
    read(throttle(new RateLimit(1_000, Duration.ZERO), 4), 1_001);
    assertEquals(4, slept.plusMillis(500).toSeconds());
  }

  @Test
  void farServerKeepsTheRate() {
    for (int rate : new int[] {10, 1_000, 50_000}) {
      Instant start = clock.instant();
      Throttle throttle = throttle(new RateLimit(rate, Duration.ZERO), 1);
      int most = 0;
      for (int key = 0; key < 10 * rate; ) {
        throttle.await();
        int turn = 0;
        for (; !throttle.isHolding(); turn++, key++) {
          throttle.count();
        }
        most = Math.max(most, turn);
        // All of a turn is under way at once, and answered after a round trip.
        clock.advance(Duration.ofMillis(200));
      }
      double seconds = Duration.between(start, clock.instant()).toMillis() / 1e3;
      assertEquals(11, seconds, 1.1, rate + " a second");
      assertEquals(Math.max(1, rate / 5.0), most, rate / 50.0);
    }
  }

  @Test
  void backwardClockCausesNoDelay() {
    Throttle throttle = throttle(new RateLimit(100, Duration.ofMillis(50)), 1);
    read(throttle, 11);
    clock.advance(Duration.ofHours(-1));
    int before = probes;
    slept = Duration.ZERO;
    read(throttle, 100);
    assertEquals(1, slept.plusMillis(500).toSeconds());
    assertEquals(4, probes - before, 1);
  }

  /** Nobody wakes when told to the microsecond. */
  @Test
  void overlongSleepsKeepTheRate() {
    oversleep = Duration.ofMillis(3);
    Instant start = clock.instant();
    read(throttle(new RateLimit(10_000, Duration.ZERO), 1), 10_001);
    assertEquals(1_000, Duration.between(start, clock.instant()).toMillis(), 4);
  }

  @Test
  void longDelayIsNotMadeUpFor() {
    Throttle throttle = throttle(new RateLimit(10_000, Duration.ZERO), 1);
    read(throttle, 11);
    clock.advance(Duration.ofSeconds(1));
    slept = Duration.ZERO;
    read(throttle, 1_000);
    assertEquals(100, slept.toMillis(), 2);
  }

  /** A thread for each server, or one for all: a server has as few at once, and as often. */
  @Test
  void turnsAreFrequentAndSmall() {
    assertEquals(25, atOnce(throttle(new RateLimit(50_000, Duration.ZERO), 1)));
    assertEquals(25, atOnce(throttle(new RateLimit(50_000, Duration.ZERO), 4)));
    assertEquals(100, atOnce(Throttle.ofAll(50_000, 4, () -> {}, this::sleep, clock)));
    assertEquals(1, atOnce(throttle(new RateLimit(100, Duration.ZERO), 1)));
  }

  private static int atOnce(Throttle throttle) {
    throttle.await();
    int keys = 0;
    while (!throttle.isHolding()) {
      throttle.count();
      keys++;
    }
    return keys;
  }
}
