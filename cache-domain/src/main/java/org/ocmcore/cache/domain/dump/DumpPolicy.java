package org.ocmcore.cache.domain.dump;

import java.time.Duration;
import org.ocmcore.cache.domain.transfer.RateLimit;

/**
 * How dumps are made, how often, and which stay.
 *
 * @param interval between automatic dumps, whole seconds from 1 to {@link #MAX_INTERVAL};
 *     {@link Duration#ZERO}: none
 * @param minChanges an automatic dump is made only if at least so many changes were made on the
 *     servers since the last, not negative
 * @param retention which dumps stay
 * @param partial whether a dump is kept, marked and under its own name only, that lacks keys since
 *     a server failed
 * @param pace how gentle it is with the servers
 */
public record DumpPolicy(
    Duration interval, long minChanges, Retention retention, boolean partial, RateLimit pace) {
  /** 31 days. */
  public static final Duration MAX_INTERVAL = Duration.ofSeconds(2_678_400);

  /** What auto-dump takes if it is started and no interval was ever set. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(300);

  public DumpPolicy {
    requireInterval(interval);
    if (minChanges < 0) {
      throw new IllegalArgumentException(
          "minChanges is " + minChanges + ", it must not be negative");
    }
  }

  /** Dumps in this interval, whatever has changed, as fast as can be, and only whole ones. */
  public static DumpPolicy every(Duration interval, Retention retention) {
    return new DumpPolicy(interval, 0, retention, false, RateLimit.FULL);
  }

  /** @throws IllegalArgumentException unless it is 0 to {@link #MAX_INTERVAL} whole seconds */
  public static void requireInterval(Duration interval) {
    if (interval.isNegative()
        || interval.compareTo(MAX_INTERVAL) > 0
        || interval.toNanosPart() != 0) {
      throw new IllegalArgumentException("an interval of %s is not 0 to %d whole seconds"
          .formatted(interval, MAX_INTERVAL.toSeconds()));
    }
  }

  /** Whether dumps are made by themselves. */
  public boolean isAutomatic() {
    return !interval.isZero();
  }
}
