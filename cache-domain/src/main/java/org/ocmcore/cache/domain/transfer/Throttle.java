package org.ocmcore.cache.domain.transfer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.Pause;

/**
 * Slows work down to a rate, and pauses it while a server is slow. For use by one thread.
 *
 * <p>Work is done in turns of some keys each. A turn ends when its last key is answered. If turns
 * take longer than the rate allows, since the server is far away, they become larger.
 */
public final class Throttle {
  /** Without a rate, a turn has this number of keys. */
  private static final int STEP = 128;

  /** The most turns a second. Fewer keys in a turn delay others less; more turns cost more. */
  private static final int TURNS = 2_000;

  /** A delay of more than this, or of more than a turn, is not made up for. */
  private static final Duration MAX_LATE = Duration.ofMillis(10);

  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

  /** The shortest of this number of turns counts: a single slow turn proves nothing. */
  private static final int REMEMBERED = 8;

  private static final double NANOS = 1e9;

  private final double keysPerSecond;
  private final LatencyBackoff backoff;
  private final Runnable checkpoint;
  private final Pause pause;
  private final Clock clock;
  private final int smallest;

  /** The number of keys in a turn. */
  private int step;

  /** When the next turn may begin. */
  private Instant free = Instant.EPOCH;

  private final Duration[] workTimes = new Duration[REMEMBERED];
  private long turns;
  private Instant workBegan = Instant.EPOCH;
  private int keys;

  /** Initially true, so that the server is measured before the work. */
  private boolean holding = true;

  private Throttle(
      double keysPerSecond,
      double keysAtOnce,
      LatencyBackoff backoff,
      Runnable checkpoint,
      Pause pause,
      Clock clock) {
    this.keysPerSecond = keysPerSecond;
    this.backoff = backoff;
    this.checkpoint = checkpoint;
    this.pause = pause;
    this.clock = clock;
    this.smallest = keysPerSecond == 0 ? STEP : (int) Math.max(1, keysAtOnce);
    this.step = smallest;
    Arrays.fill(workTimes, Duration.ZERO);
  }

  /**
   * For the work on one server.
   *
   * @param keysPerSecond the limit for all servers together; see {@link RateLimit}
   * @param servers the number of servers that share it
   * @param backoff of this server
   * @param checkpoint throws to end the work
   */
  public static Throttle ofOne(
      long keysPerSecond,
      int servers,
      LatencyBackoff backoff,
      Runnable checkpoint,
      Pause pause,
      Clock clock) {
    return new Throttle(
        (double) keysPerSecond / servers,
        (double) keysPerSecond / TURNS,
        backoff,
        checkpoint,
        pause,
        clock);
  }

  /**
   * For the work on all servers, whatever their latency.
   *
   * @param keysPerSecond see {@link RateLimit}
   * @param servers the number of servers that hold the keys
   * @param checkpoint throws to end the work
   */
  public static Throttle ofAll(
      long keysPerSecond, int servers, Runnable checkpoint, Pause pause, Clock clock) {
    LatencyBackoff none = new LatencyBackoff(
        Duration.ZERO, () -> Duration.ZERO, Runnable::run, LatencyBackoff.Listener.NONE, clock);
    return new Throttle(
        keysPerSecond, (double) keysPerSecond * servers / TURNS, none, checkpoint, pause, clock);
  }

  /**
   * Measures the baseline of the server before the work. Otherwise the first {@link #await} does
   * it.
   *
   * @throws StoreUnavailable if the server does not answer
   */
  public void measure() {
    backoff.measure();
  }

  /** Counts one more key. */
  public void count() {
    if (++keys >= step) {
      keys = 0;
      boolean mustPause = backoff.mustPause();
      holding = mustPause || keysPerSecond > 0;
    }
  }

  /** Whether {@link #await} must be called before more work. */
  public boolean isHolding() {
    return holding;
  }

  /** Waits until more work may be done. */
  public void await() {
    if (holding) {
      holdRate();
      backoff.await(this::sleep);
      holding = false;
      workBegan = clock.instant();
    }
  }

  private void holdRate() {
    if (keysPerSecond == 0) {
      return;
    }
    Instant now = clock.instant();
    noteWork(Duration.between(workBegan, now));
    Duration turn = turn();
    for (; !isReached(free, now, turn); now = clock.instant()) {
      if (Thread.currentThread().isInterrupted()) {
        // Whatever is done next on the server fails of it, and tells so.
        return;
      }
      sleep(shorter(Duration.between(now, free), MAX_PAUSE));
    }
    // A clock that was set back is not made up for, either.
    Duration maxLate = turn.compareTo(MAX_LATE) > 0 ? turn : MAX_LATE;
    boolean isInTime = !now.isBefore(free) && now.isBefore(free.plus(maxLate));
    step = keysInATurn();
    free = (isInTime ? free : now).plus(turn());
  }

  /** The least time of a turn. */
  private Duration turn() {
    return Duration.ofNanos((long) (step / keysPerSecond * NANOS));
  }

  private void noteWork(Duration time) {
    workTimes[(int) (turns++ % REMEMBERED)] = time.isNegative() ? Duration.ZERO : time;
  }

  private int keysInATurn() {
    Duration shortest = Arrays.stream(workTimes).min(Duration::compareTo).orElseThrow();
    double needed = keysPerSecond * shorter(shortest, MAX_PAUSE).toNanos() / NANOS;
    return (int) Math.max(smallest, needed);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** A time farther away than any that was set is in the past: the clock was set back. */
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
