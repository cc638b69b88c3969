package org.ocmcore.cache.domain.dump;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.port.Pause;

/**
 * Holds the reading of one server back: to its share of the rate, and while the server is slow. For
 * one thread.
 */
final class Throttle {
  /** Where there is no rate it is looked after so many keys whether the server is to be probed. */
  private static final int STEP = 128;

  /** So often a second keys are let go, at most, and if there are so many. */
  private static final int TURNS = 100;

  private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

  private final double keysPerSecond;
  private final Duration maxLatency;
  private final Supplier<Duration> probe;
  private final Runnable checkpoint;
  private final Pause pause;
  private final Clock clock;
  private final int step;

  /** How long a step takes at the least. */
  private final Duration turn;

  private Instant nextProbe = Instant.EPOCH;

  /** When the next step may begin, by the rate. */
  private Instant free = Instant.EPOCH;

  private long keys;

  /** At first, so that a server that is slow already is seen. */
  private boolean holding = true;

  /**
   * @param servers among which the rate is shared
   * @param probe how long the server takes to answer now
   * @param checkpoint throws if the work is to end
   */
  Throttle(
      Pace pace,
      int servers,
      Supplier<Duration> probe,
      Runnable checkpoint,
      Pause pause,
      Clock clock) {
    this.keysPerSecond = (double) pace.keysPerSecond() / servers;
    this.maxLatency = pace.maxLatency();
    this.probe = probe;
    this.checkpoint = checkpoint;
    this.pause = pause;
    this.clock = clock;
    this.step = keysPerSecond == 0 ? STEP : (int) Math.max(1, keysPerSecond / TURNS);
    this.turn =
        keysPerSecond == 0 ? Duration.ZERO : Duration.ofNanos((long) (step / keysPerSecond * 1e9));
  }

  /** Says that one more key is being read. */
  void count() {
    if (++keys % step == 0) {
      holding = keysPerSecond > 0 || isProbeDue();
    }
  }

  /** Whether nothing more may be read before {@link #await} has returned. */
  boolean isHolding() {
    return holding;
  }

  /** Returns when more may be read. */
  void await() {
    if (holding) {
      holdRate();
      holdWhileSlow();
      holding = false;
    }
  }

  private void holdRate() {
    if (keysPerSecond == 0) {
      return;
    }
    Instant now = clock.instant();
    for (; !isReached(free, now, turn); now = clock.instant()) {
      Duration wait = Duration.between(now, free);
      // Rounded up, so that no wait is too short to be one.
      sleep(
          wait.compareTo(MAX_PAUSE) > 0
              ? MAX_PAUSE
              : wait.plusMillis(1).truncatedTo(ChronoUnit.MILLIS));
    }
    // What is late by a turn or more is not made up for in a rush; nor is a clock that was set.
    boolean isInTime = !now.isBefore(free) && now.isBefore(free.plus(turn));
    free = (isInTime ? free : now).plus(turn);
  }

  private void holdWhileSlow() {
    if (!isProbeDue()) {
      return;
    }
    Duration wait = FIRST_PAUSE;
    while (probe.get().compareTo(maxLatency) > 0) {
      sleep(wait);
      Duration longer = wait.multipliedBy(2);
      wait = longer.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : longer;
    }
    nextProbe = clock.instant().plus(PROBE_INTERVAL);
  }

  private boolean isProbeDue() {
    return !maxLatency.isZero() && isReached(nextProbe, clock.instant(), PROBE_INTERVAL);
  }

  /**
   * One that is farther off than any that was set has been passed before the clock was set back.
   */
  private static boolean isReached(Instant moment, Instant now, Duration farthest) {
    return !now.isBefore(moment) || moment.isAfter(now.plus(farthest));
  }

  private void sleep(Duration time) {
    checkpoint.run();
    try {
      pause.sleep(time);
    } catch (InterruptedException e) {
      // Whatever is done next on the server fails of it, and tells so.
      Thread.currentThread().interrupt();
    }
    checkpoint.run();
  }
}
