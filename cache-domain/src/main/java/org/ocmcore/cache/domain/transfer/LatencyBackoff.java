package org.ocmcore.cache.domain.transfer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.error.StoreUnavailable;

/**
 * Has work on one server pause while the server answers later than it does when it is left alone,
 * so that others are served. It never stops work altogether: after a pause of at most a second
 * there is a quarter of a second of work, however slow the server is. For one thread.
 *
 * <p>How the server answers when it is left alone is measured before the work and in each pause;
 * the least of the last minute counts, so that a way that has become longer is noticed.
 */
public final class LatencyBackoff {
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);
  private static final Duration MEMORY = Duration.ofMinutes(1);

  /** A probe may have to connect and to shake hands first. */
  private static final int ROUND_TRIPS = 3;

  /** When a server has been slow for so long, the listener is called. */
  private static final Duration LASTING = Duration.ofSeconds(10);

  private final Duration tolerance;
  private final Supplier<Duration> probe;
  private final Executor executor;
  private final Listener listener;
  private final Clock clock;

  /** What was measured while the server was left alone, the newest last. */
  private final ArrayDeque<Sample> idle = new ArrayDeque<>();

  /** A probe that is under way, or null. */
  private CompletableFuture<Duration> probing;

  private Instant probeBegan = Instant.EPOCH;
  private Instant nextProbe = Instant.EPOCH;
  private boolean isSlow;
  private Duration pause = Duration.ZERO;

  /** Since when the server has been slow each time, or null. */
  private Instant slowSince;

  private record Sample(Instant at, Duration latency) {}

  /** Is called when work pauses. */
  public interface Listener {
    /** Does nothing. */
    Listener NONE = new Listener() {
      @Override
      public void paused(Duration time) {}

      @Override
      public void lasting(Duration latency, Duration leftAlone) {}
    };

    /** Work has paused for so long. */
    void paused(Duration time);

    /**
     * The server is slow for ten seconds already, and work pauses again and again.
     *
     * @param latency at least so long it took to answer
     * @param leftAlone so long it takes when it is left alone
     */
    void lasting(Duration latency, Duration leftAlone);
  }

  /**
   * For work that has not begun.
   *
   * @param tolerance by which an answer may be later than when the server is left alone;
   *     {@link Duration#ZERO}: by any time
   * @param probe measures how long the server takes to answer now
   * @param executor where the server is probed beside the work; it must have a thread for whatever
   *     it is given, or take the caller's
   */
  public LatencyBackoff(
      Duration tolerance,
      Supplier<Duration> probe,
      Executor executor,
      Listener listener,
      Clock clock) {
    this.tolerance = tolerance;
    this.probe = probe;
    this.executor = executor;
    this.listener = listener;
    this.clock = clock;
  }

  /** Whether work must pause now; to be asked again and again while it goes on. */
  boolean mustPause() {
    if (tolerance.isZero() || isSlow) {
      return isSlow;
    }
    if (idle.isEmpty()) {
      return true;
    }
    Instant now = clock.instant();
    if (probing == null) {
      // One that is farther off was set before the clock was set back.
      if (now.isBefore(nextProbe) && !nextProbe.isAfter(now.plus(PROBE_INTERVAL))) {
        return false;
      }
      probeBegan = now;
      probing = CompletableFuture.supplyAsync(probe, executor);
    }
    Duration passed = Duration.between(probeBegan, now);
    if (probing.isDone()) {
      judge(answer(passed), now);
    } else if (passed.compareTo(leftAlone().multipliedBy(ROUND_TRIPS).plus(tolerance)) > 0) {
      judge(passed, now);
    }
    return isSlow;
  }

  /** @param passed since the probe began: if it has failed, the answer takes longer than that */
  private Duration answer(Duration passed) {
    CompletableFuture<Duration> answered = probing;
    probing = null;
    nextProbe = clock.instant().plus(PROBE_INTERVAL);
    try {
      return answered.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreUnavailable) {
        // The work meets that, too, unless it is what the server is busy with.
        return passed;
      }
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private void judge(Duration latency, Instant now) {
    isSlow = isTooLong(latency);
    if (!isSlow) {
      pause = Duration.ZERO;
      slowSince = null;
      if (latency.compareTo(leftAlone()) < 0) {
        idle.add(new Sample(now, latency));
      }
      return;
    }
    if (slowSince == null) {
      slowSince = now;
    } else if (!now.isBefore(slowSince.plus(LASTING))) {
      listener.lasting(latency, leftAlone());
      slowSince = now;
    }
  }

  private boolean isTooLong(Duration latency) {
    return latency.compareTo(leftAlone().plus(tolerance)) > 0;
  }

  private Duration leftAlone() {
    return idle.stream().map(Sample::latency).min(Duration::compareTo).orElseThrow();
  }

  /**
   * Pauses if work must, with nothing of it under way; the first time, measures the server.
   *
   * @param sleep waits for so long, or throws if the work is to end
   */
  void await(Consumer<Duration> sleep) {
    if (tolerance.isZero() || !isSlow && !idle.isEmpty()) {
      return;
    }
    if (isSlow) {
      Instant begin = clock.instant();
      pause = shorter(pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2), MAX_PAUSE);
      sleep.accept(pause);
      isSlow = false;
      listener.paused(Duration.between(begin, clock.instant()));
    }
    if (probing == null) {
      measure();
    }
  }

  /**
   * Measures the server while it is left alone.
   *
   * @throws StoreUnavailable if it does not answer, and never did
   */
  void measure() {
    if (tolerance.isZero()) {
      return;
    }
    try {
      note(probe.get());
    } catch (StoreUnavailable e) {
      if (idle.isEmpty()) {
        throw e;
      }
    }
  }

  private void note(Duration latency) {
    Instant now = clock.instant();
    idle.add(new Sample(now, latency));
    while (idle.size() > 1 && idle.peek().at.isBefore(now.minus(MEMORY))) {
      idle.remove();
    }
    nextProbe = now.plus(PROBE_INTERVAL);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
