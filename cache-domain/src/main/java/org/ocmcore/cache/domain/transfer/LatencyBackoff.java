package org.ocmcore.cache.domain.transfer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.error.StoreUnavailable;

/**
 * Pauses the work on one server while the server answers later than its baseline, so that it can
 * serve others. The baseline is its latency while nothing of ours runs: measured before the work
 * and in each pause; the minimum of the last minute counts. A pause lasts at most a second, and a
 * quarter of a second of work follows, however slow the server is. For use by one thread.
 */
public final class LatencyBackoff {
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);
  private static final Duration MEMORY = Duration.ofMinutes(1);

  /** A probe may have to connect and to shake hands first. */
  private static final int ROUND_TRIPS = 3;

  /** The listener is notified when a server has been slow for this time. */
  private static final Duration LASTING = Duration.ofSeconds(10);

  private final Duration tolerance;
  private final Supplier<Duration> probe;
  private final Executor executor;
  private final Listener listener;
  private final Clock clock;

  /** The latencies while nothing of ours ran, newest last. */
  private final ArrayDeque<Sample> idle = new ArrayDeque<>();

  /** The probe that is running, or null. */
  private CompletableFuture<Duration> probing;

  private Instant probeBegan = Instant.EPOCH;
  private Instant nextProbe = Instant.EPOCH;
  private boolean isSlow;
  private Duration pause = Duration.ZERO;

  /** Since when the server has been slow, or null. */
  private Instant slowSince;

  private record Sample(Instant at, Duration latency) {}

  /** Is notified of pauses. */
  public interface Listener {
    /** Ignores all notifications. */
    Listener NONE = new Listener() {
      @Override
      public void paused(Duration time) {}

      @Override
      public void lasting(Duration latency, Duration leftAlone) {}
    };

    /** The work has paused for this time. */
    void paused(Duration time);

    /**
     * The server has been slow for ten seconds, and the work keeps pausing.
     *
     * @param latency the latency now, or a lower bound of it
     * @param leftAlone the baseline
     */
    void lasting(Duration latency, Duration leftAlone);
  }

  /**
   * Creates it for work that has not begun.
   *
   * @param tolerance by which the latency may exceed the baseline; {@link Duration#ZERO} for no
   *     limit
   * @param probe measures the latency now
   * @param executor for probes beside the work; it must have a thread for every task or run tasks
   *     on the caller's thread
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

  /** Whether the work must pause now. To be called again and again during the work. */
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
      try {
        probing = CompletableFuture.supplyAsync(probe, executor);
      } catch (RejectedExecutionException stopping) {
        return false;
      }
    }
    Duration passed = Duration.between(probeBegan, now);
    if (probing.isDone()) {
      answered(passed, now);
    } else if (passed.compareTo(leftAlone().multipliedBy(ROUND_TRIPS).plus(tolerance)) > 0) {
      judge(passed, now);
    }
    return isSlow;
  }

  /**
   * @param passed the time since the probe began, which is a lower bound of the latency if it
   *     failed
   */
  private void answered(Duration passed, Instant now) {
    CompletableFuture<Duration> answered = probing;
    probing = null;
    nextProbe = clock.instant().plus(PROBE_INTERVAL);
    try {
      Duration latency = answered.join();
      judge(latency, now);
      if (!isSlow && latency.compareTo(leftAlone()) < 0) {
        idle.add(new Sample(now, latency));
      }
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreUnavailable) {
        // The work fails, too, unless it is what keeps the server busy.
        judge(passed, now);
        return;
      }
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private void judge(Duration latency, Instant now) {
    isSlow = isTooLong(latency);
    if (!isSlow) {
      pause = Duration.ZERO;
      slowSince = null;
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
   * Pauses if the work must pause. None of the work may be running. Measures the baseline the first
   * time.
   *
   * @param sleep waits for this time, or throws to end the work
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
   * Measures the baseline.
   *
   * @throws StoreUnavailable if the server does not answer and never did
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
