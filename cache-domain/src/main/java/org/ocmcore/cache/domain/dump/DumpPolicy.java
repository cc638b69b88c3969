package org.ocmcore.cache.domain.dump;

import java.time.Duration;
import org.ocmcore.cache.domain.transfer.RateLimit;

/**
 * How and how often dumps are made, and which are kept.
 *
 * @param interval between automatic dumps, 0 to {@link #MAX_INTERVAL} in whole seconds;
 *     {@link Duration#ZERO} for none
 * @param minChanges an automatic dump needs this number of changes on the servers since the last
 *     one; not negative
 * @param retention which dumps are kept
 * @param partial whether to keep a dump that lacks keys since a server failed. It is marked and
 *     never becomes the current dump
 * @param rateLimit the limits on the load
 */
public record DumpPolicy(
    Duration interval, long minChanges, Retention retention, boolean partial, RateLimit rateLimit) {
  /** 31 days. */
  public static final Duration MAX_INTERVAL = Duration.ofSeconds(2_678_400);

  /** The interval of automatic dumps that are started without one. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(300);

  public DumpPolicy {
    requireInterval(interval);
    if (minChanges < 0) {
      throw new IllegalArgumentException(
          "minChanges is " + minChanges + ", it must not be negative");
    }
  }

  /** Complete dumps at this interval, without limits, whatever has changed. */
  public static DumpPolicy every(Duration interval, Retention retention) {
    return new DumpPolicy(interval, 0, retention, false, RateLimit.FULL);
  }

  /** @throws IllegalArgumentException unless it is 0 to {@link #MAX_INTERVAL} in whole seconds */
  public static void requireInterval(Duration interval) {
    if (interval.isNegative()
        || interval.compareTo(MAX_INTERVAL) > 0
        || interval.toNanosPart() != 0) {
      throw new IllegalArgumentException("an interval of %s is not 0 to %d whole seconds"
          .formatted(interval, MAX_INTERVAL.toSeconds()));
    }
  }

  /** Whether there are automatic dumps. */
  public boolean isAutomatic() {
    return !interval.isZero();
  }
}
