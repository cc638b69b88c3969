package org.ocmcore.cache.domain.client;

import java.time.Duration;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * Compares the statistics of one server from check to check: a feed reports no flush, and does not
 * notice if a firewall forgets its connection. For one thread.
 */
final class NearHealth {
  /** A living feed reports within a second: memcached's logger sleeps no longer. */
  static final Duration GRACE = Duration.ofMillis(1_500);

  private final String process;
  private ServerStats last;

  /** The server's counter of stores when nothing was reported. */
  private long start;

  /** The number of reports that must come, and since when; if {@link #isOwed}. */
  private long owed;

  private long owedSince;
  private long reportedWhenOwed;
  private boolean isOwed;

  /** What a check found. */
  enum Finding {
    /** Every change was reported, as far as can be known. */
    FINE,
    /** Changes may have gone unreported. */
    LOSS,
    /** The feed must be started again. */
    DEAD
  }

  /**
   * Begins.
   *
   * @param reported the reports of stores so far, counted before the statistics were fetched
   */
  NearHealth(ServerStats first, long reported) {
    this.process = first.process();
    this.last = first;
    begin(first, reported);
  }

  private void begin(ServerStats stats, long reported) {
    start = stats.stores() - reported;
    isOwed = false;
  }

  /**
   * Compares.
   *
   * @param reported the reports of stores so far, counted before the statistics were fetched
   * @param now in nanoseconds
   */
  Finding check(ServerStats stats, long reported, long now) {
    ServerStats before = last;
    last = stats;
    if (!stats.process().equals(process)) {
      return Finding.DEAD;
    }
    if (stats.stores() < before.stores() || stats.changes() < before.changes()) {
      // Somebody has reset the statistics.
      begin(stats, reported);
      return Finding.LOSS;
    }
    Finding reports = checkReports(stats, reported, now);
    boolean isFlushed =
        stats.flushes() != before.flushes() || before.isFlushPending() && !stats.isFlushPending();
    return isFlushed && reports == Finding.FINE ? Finding.LOSS : reports;
  }

  /** See FeedWatchdog of the tracking package, which does the same for the index. */
  private Finding checkReports(ServerStats stats, long reported, long now) {
    if (isOwed && reported >= owed) {
      isOwed = false;
    }
    if (isOwed && now - owedSince >= GRACE.toNanos()) {
      boolean isSilent = reported == reportedWhenOwed;
      begin(stats, reported);
      return isSilent ? Finding.DEAD : Finding.LOSS;
    }
    // Reports may exceed the counter: skipped changes are of unknown kinds, and some commands store
    // without being counted.
    start = Math.min(start, stats.stores() - reported);
    if (!isOwed && stats.stores() - start > reported) {
      isOwed = true;
      owed = stats.stores() - start;
      owedSince = now;
      reportedWhenOwed = reported;
    }
    return Finding.FINE;
  }
}
