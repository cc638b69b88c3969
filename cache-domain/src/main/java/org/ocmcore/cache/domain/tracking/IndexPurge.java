package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.index.LiveIndex;

/**
 * Removes expired keys from the index; uses at most a twentieth of the time. Safe for use by any
 * number of threads.
 */
final class IndexPurge {
  private static final int PAUSE_PER_PURGE = 20;

  private final LiveIndex live;
  private final Clock clock;
  private Instant due = Instant.MIN;

  IndexPurge(LiveIndex live, Clock clock) {
    this.live = live;
    this.clock = clock;
  }

  /** Removes them, unless it is running or its pause is not over. */
  void run() {
    Instant begin = clock.instant();
    synchronized (this) {
      if (begin.isBefore(due)) {
        return;
      }
      due = Instant.MAX;
    }
    try {
      live.purge();
    } finally {
      Instant end = clock.instant();
      synchronized (this) {
        due = end.plus(Duration.between(begin, end).multipliedBy(PAUSE_PER_PURGE));
      }
    }
  }
}
