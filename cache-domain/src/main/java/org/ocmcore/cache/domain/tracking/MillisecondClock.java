package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Instant;

/**
 * Reads a clock in steps of a millisecond, which takes less time than to ask for the instant each
 * time. For use by one thread.
 */
final class MillisecondClock {
  private final Clock clock;
  private long millis;
  private Instant last;

  MillisecondClock(Clock clock) {
    this.clock = clock;
  }

  /** The time, or up to a millisecond before; the same object within a millisecond. */
  Instant instant() {
    long now = clock.millis();
    if (last == null || now != millis) {
      millis = now;
      last = clock.instant();
    }
    return last;
  }
}
