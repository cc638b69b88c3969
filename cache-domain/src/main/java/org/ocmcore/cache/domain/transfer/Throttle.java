package org.ocmcore.cache.domain.transfer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.Pause;

/**
 * Holds work back: to its share of a rate, and while a server is slow. For one thread.
 *
 * <p>Work is done in turns: so many keys, until the last is answered. Where that takes longer than
 * a turn should, since the server is far away, the turns become larger, so that the rate is kept.
 */
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

  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

  /** Of so many turns the shortest counts: one that took long for once says nothing. */
  private static final int REMEMBERED = 8;

  private static final double NANOS = 1e9;

  private final double keysPerSecond;
  private final LatencyBackoff backoff;
  private final Runnable checkpoint;
  private final Pause pause;
  private final Clock clock;
  private final int smallest;

  /** How many keys a turn has. */
  private int step;

  /** When the next turn may begin, by the rate. */
  private Instant free = Instant.EPOCH;

  private final Duration[] workTimes = new Duration[REMEMBERED];
  private long turns;
  private Instant workBegan = Instant.EPOCH;
  private int keys;

  /** At first, so that a server is seen before work on it. */
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
   * @param keysPerSecond of the work on all servers, as {@link RateLimit} has it
   * @param servers among which that is shared
   * @param backoff of this server
   * @param checkpoint throws if the work is to end
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
   * For the work on all servers, however long they take to answer.
   *
   * @param keysPerSecond as {@link RateLimit} has it
   * @param servers on which its keys are
   * @param checkpoint throws if the work is to end
   */
  public static Throttle ofAll(
      long keysPerSecond, int servers, Runnable checkpoint, Pause pause, Clock clock) {
    LatencyBackoff none = new LatencyBackoff(
        Duration.ZERO, () -> Duration.ZERO, Runnable::run, LatencyBackoff.Listener.NONE, clock);
    return new Throttle(
        keysPerSecond, (double) keysPerSecond * servers / TURNS, none, checkpoint, pause, clock);
  }

  /**
   * Measures how the server answers when it is left alone; to be called before anything is asked of
   * it, or the first {@link #await} does it.
   *
   * @throws StoreUnavailable if it does not answer
   */
  public void measure() {
    backoff.measure();
  }

  /** Says that one more key is being worked on. */
  public void count() {
    if (++keys >= step) {
      keys = 0;
      boolean mustPause = backoff.mustPause();
      holding = mustPause || keysPerSecond > 0;
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

  /** How long a turn takes at the least. */
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
