package org.ocmcore.cache.domain.dump;

import java.time.Duration;
import java.util.List;

/**
 * How often dumps are made and how many stay.
 *
 * @param interval between automatic dumps, whole seconds from 1 to {@link #MAX_INTERVAL};
 *     {@link Duration#ZERO}: none
 * @param keep how many older dumps stay beside the newest, not negative
 */
public record DumpPolicy(Duration interval, int keep) {
  /** 31 days. */
  public static final Duration MAX_INTERVAL = Duration.ofSeconds(2_678_400);

  /** What auto-dump takes if it is started and no interval was ever set. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(300);

  public DumpPolicy {
    if (interval.isNegative()
        || interval.compareTo(MAX_INTERVAL) > 0
        || interval.toNanosPart() != 0) {
      throw new IllegalArgumentException("an interval of %s is not 0 to %d whole seconds"
          .formatted(interval, MAX_INTERVAL.toSeconds()));
    }
    if (keep < 0) {
      throw new IllegalArgumentException("keep is " + keep + ", it must not be negative");
    }
  }

  /** Whether dumps are made by themselves. */
  public boolean isAutomatic() {
    return !interval.isZero();
  }

  /** Which dumps are too many, of these whole ones, newest first. */
  public List<String> surplus(List<String> namesNewestFirst) {
    return namesNewestFirst.stream().skip(keep + 1L).toList();
  }
}
