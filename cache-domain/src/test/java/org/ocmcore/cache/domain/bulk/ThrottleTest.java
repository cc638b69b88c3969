package org.ocmcore.cache.domain.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.testing.MutableClock;

class ThrottleTest {
  private static final Duration FAST = Duration.ofMillis(1);
  private static final Duration SLOW = Duration.ofMillis(80);

  private final MutableClock clock = new MutableClock();
  private final Deque<Duration> latencies = new ArrayDeque<>();
  private Duration slept = Duration.ZERO;
  private Duration oversleep = Duration.ZERO;
  private int probes;

  private Throttle throttle(Pace pace, int servers) {
    return Throttle.ofOne(
        pace,
        servers,
        () -> {
          probes++;
          return latencies.isEmpty() ? FAST : latencies.remove();
        },
        () -> {},
        this::sleep,
        clock);
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
    read(throttle(new Pace(1_000, Duration.ZERO), 4), 1_001);
    assertEquals(4, slept.plusMillis(500).toSeconds());
  }

  @Test
  void itWaitsLongerAndLongerWhileTheServerIsSlow() {
    latencies.addAll(List.of(SLOW, SLOW, SLOW, SLOW, SLOW, SLOW, SLOW, FAST));
    read(throttle(new Pace(0, Duration.ofMillis(50)), 1), 1);
    assertEquals(Duration.ofMillis(50 + 100 + 200 + 400 + 800 + 1_000 + 1_000), slept);
    assertEquals(8, probes);
  }

  @Test
  void aClockThatIsSetBackHoldsNothingBack() {
    Throttle throttle = throttle(new Pace(100, Duration.ofMillis(50)), 1);
    read(throttle, 11);
    clock.advance(Duration.ofHours(-1));
    int before = probes;
    slept = Duration.ZERO;
    read(throttle, 100);
    assertEquals(1, slept.plusMillis(500).toSeconds());
    assertEquals(4, probes - before);
  }

  /** Nobody wakes when told to the microsecond. */
  @Test
  void aRateIsKeptThoughEverySleepIsTooLong() {
    oversleep = Duration.ofMillis(3);
    Instant start = clock.instant();
    read(throttle(new Pace(10_000, Duration.ZERO), 1), 10_001);
    assertEquals(1_000, Duration.between(start, clock.instant()).toMillis(), 4);
  }

  @Test
  void aLongDelayIsNotMadeUpForInARush() {
    Throttle throttle = throttle(new Pace(10_000, Duration.ZERO), 1);
    read(throttle, 11);
    clock.advance(Duration.ofSeconds(1));
    slept = Duration.ZERO;
    read(throttle, 1_000);
    assertEquals(100, slept.toMillis(), 2);
  }

  /** A thread for each server, or one for all: a server has as few at once, and as often. */
  @Test
  void aServerIsGivenKeysSoOftenThatFewComeAtOnce() {
    assertEquals(25, atOnce(throttle(new Pace(50_000, Duration.ZERO), 1)));
    assertEquals(25, atOnce(throttle(new Pace(50_000, Duration.ZERO), 4)));
    assertEquals(100, atOnce(Throttle.ofAll(50_000, 4, () -> {}, this::sleep, clock)));
    assertEquals(1, atOnce(throttle(new Pace(100, Duration.ZERO), 1)));
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
