package org.ocmcore.cache.domain.bulk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.port.Pause;

/** Holds work back: to its share of a rate, and while a server is slow. For one thread. */
public final class Throttle {
  /** Where there is no rate it is looked after so many keys whether the server is to be probed. */
  private static final int STEP = 128;

  /**
   * So often a second some server is given keys, if there are so many: the fewer at once, the less
   * others wait behind them, and the more often the more it costs.
   */
  private static final int TURNS = 2_000;

  /** What is late by more, or by a turn if that is longer, is not made up for in a rush. */
  private static final Duration MAX_LATE = Duration.ofMillis(10);

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

  private final Duration maxLate;

  private Instant nextProbe = Instant.EPOCH;

  /** When the next step may begin, by the rate. */
  private Instant free = Instant.EPOCH;

  private long keys;

  /** At first, so that a server that is slow already is seen. */
  private boolean holding = true;

  private Throttle(
      double keysPerSecond,
      double keysAtOnce,
      Duration maxLatency,
      Supplier<Duration> probe,
      Runnable checkpoint,
      Pause pause,
      Clock clock) {
    this.keysPerSecond = keysPerSecond;
    this.maxLatency = maxLatency;
    this.probe = probe;
    this.checkpoint = checkpoint;
    this.pause = pause;
    this.clock = clock;
    this.step = keysPerSecond == 0 ? STEP : (int) Math.max(1, keysAtOnce);
    this.turn =
        keysPerSecond == 0 ? Duration.ZERO : Duration.ofNanos((long) (step / keysPerSecond * 1e9));
    this.maxLate = turn.compareTo(MAX_LATE) > 0 ? turn : MAX_LATE;
  }

  /**
   * For the work on one server.
   *
   * @param pace of the work on all servers
   * @param servers among which its rate is shared
   * @param probe how long the server takes to answer now
   * @param checkpoint throws if the work is to end
   */
  public static Throttle ofOne(
      Pace pace,
      int servers,
      Supplier<Duration> probe,
      Runnable checkpoint,
      Pause pause,
      Clock clock) {
    double share = (double) pace.keysPerSecond() / servers;
    return new Throttle(
        share,
        (double) pace.keysPerSecond() / TURNS,
        pace.maxLatency(),
        probe,
        checkpoint,
        pause,
        clock);
  }

  /**
   * For the work on all servers, however long they take to answer.
   *
   * @param keysPerSecond as {@link Pace} has it
   * @param servers on which its keys are
   * @param checkpoint throws if the work is to end
   */
  static Throttle ofAll(
      long keysPerSecond, int servers, Runnable checkpoint, Pause pause, Clock clock) {
    return new Throttle(
        keysPerSecond,
        (double) keysPerSecond * servers / TURNS,
        Duration.ZERO,
        () -> Duration.ZERO,
        checkpoint,
        pause,
        clock);
  }

  /** Says that one more key is being worked on. */
  public void count() {
    if (++keys % step == 0) {
      holding = keysPerSecond > 0 || isProbeDue();
    }
  }

  /** Whether nothing more may be done before {@link #await} has returned. */
  public boolean isHolding() {
    return holding;
  }

  /** Returns when more may be done. */
  public void await() {
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
      if (Thread.currentThread().isInterrupted()) {
        // Whatever is done next on the server fails of it, and tells so.
        return;
      }
      sleep(shorter(Duration.between(now, free), MAX_PAUSE));
    }
    // A clock that was set back is not made up for, either.
    boolean isInTime = !now.isBefore(free) && now.isBefore(free.plus(maxLate));
    free = (isInTime ? free : now).plus(turn);
  }

  private void holdWhileSlow() {
    if (!isProbeDue()) {
      return;
    }
    Duration wait = FIRST_PAUSE;
    while (probe.get().compareTo(maxLatency) > 0) {
      sleep(wait);
      wait = shorter(wait.multipliedBy(2), MAX_PAUSE);
    }
    nextProbe = clock.instant().plus(PROBE_INTERVAL);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
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
      Thread.currentThread().interrupt();
    }
    checkpoint.run();
  }
}
