package org.ocmcore.cache.domain.tracking;

import java.time.Duration;

/**
 * How often servers are walked, and how large the index may become.
 *
 * @param interval from the end of a walk to the begin of the next, 1 second to
 *     {@link #MAX_INTERVAL}, in whole seconds; longer if walks take long, see {@link #pauseAfter}
 * @param maxBytes the most bytes of heap for the index, at least 1. If the keys need more, walks
 *     fail, so a server with too many keys does no more harm than that
 * @param patience how long callers wait for the first walk of a server, positive; later this plus
 *     four times the last walk
 */
public record TrackingPolicy(Duration interval, long maxBytes, Duration patience) {
  /** One day. */
  public static final Duration MAX_INTERVAL = Duration.ofDays(1);

  /** A walk a minute. */
  public static final TrackingPolicy DEFAULT = every(Duration.ofSeconds(60));

  /** A server is walked for at most a tenth of the time, unless there is a reason. */
  private static final int PAUSE_PER_WALK = 9;

  public TrackingPolicy {
    if (interval.compareTo(Duration.ofSeconds(1)) < 0
        || interval.compareTo(MAX_INTERVAL) > 0
        || interval.toNanosPart() != 0) {
      throw new IllegalArgumentException("an interval of %s is not 1 to %d whole seconds"
          .formatted(interval, MAX_INTERVAL.toSeconds()));
    }
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes is " + maxBytes + ", it must be at least 1");
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("patience is " + patience + ", it must be positive");
    }
  }

  /**
   * Walks at this interval, an index of at most seven tenths of the heap, and a minute of patience.
   */
  public static TrackingPolicy every(Duration interval) {
    return new TrackingPolicy(
        interval, Runtime.getRuntime().maxMemory() / 10 * 7, Duration.ofMinutes(1));
  }

  /** How long to wait for a walk if the last one took this time; a rest may precede it. */
  Duration patienceAfter(Duration walk) {
    return patience.plus(walk.multipliedBy(4));
  }

  /** The pause after a walk that took this time. */
  Duration pauseAfter(Duration walk) {
    Duration pause = walk.multipliedBy(PAUSE_PER_WALK);
    return pause.compareTo(interval) > 0 ? pause : interval;
  }

  /** The pause after this number of failed walks in a row. */
  Duration pauseAfterFailures(int failures) {
    Duration pause = Duration.ofSeconds(1L << Math.min(failures, 16));
    return pause.compareTo(interval) > 0 ? interval : pause;
  }
}
