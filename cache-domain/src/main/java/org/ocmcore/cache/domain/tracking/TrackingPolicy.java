package org.ocmcore.cache.domain.tracking;

import java.time.Duration;

/**
 * How often a server is walked without being asked to, and how large the index may become.
 *
 * @param interval from the end of a walk to the begin of the next, whole seconds from 1 to
 *     {@link #MAX_INTERVAL}; longer where walks take long: see {@link #pauseAfter}
 * @param maxBytes of heap that the index may take, at least 1; beyond that walks fail, so that a
 *     server with too many keys, or one that makes keys up without end, does no more harm than that
 * @param patience how long whoever asks for keys waits for the first walk of a server, positive;
 *     later four times the length of the last walk more
 */
public record TrackingPolicy(Duration interval, long maxBytes, Duration patience) {
  /** One day. */
  public static final Duration MAX_INTERVAL = Duration.ofDays(1);

  /** A walk a minute. */
  public static final TrackingPolicy DEFAULT = every(Duration.ofSeconds(60));

  /** A server is walked for at most a tenth of the time, unless there is reason to. */
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
   * A walk in each interval, an index of at most seven tenths of the heap, and a minute's patience.
   */
  public static TrackingPolicy every(Duration interval) {
    return new TrackingPolicy(
        interval, Runtime.getRuntime().maxMemory() / 10 * 7, Duration.ofMinutes(1));
  }

  /**
   * How long to wait for a server's walk, when the last one took so long; a rest may precede it.
   */
  Duration patienceAfter(Duration walk) {
    return patience.plus(walk.multipliedBy(4));
  }

  /** How long a server is left alone after a walk that took so long. */
  Duration pauseAfter(Duration walk) {
    Duration pause = walk.multipliedBy(PAUSE_PER_WALK);
    return pause.compareTo(interval) > 0 ? pause : interval;
  }

  /** How long after so many walks that failed in sequence the next one is tried. */
  Duration pauseAfterFailures(int failures) {
    Duration pause = Duration.ofSeconds(1L << Math.min(failures, 16));
    return pause.compareTo(interval) > 0 ? interval : pause;
  }
}
