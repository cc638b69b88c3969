package org.ocmcore.cache.domain.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.ocmcore.cache.domain.port.ChangeListener.Kind;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * Detects a dead feed. A firewall may forget its connection, and neither end notices. So the
 * watchdog compares the server's own counters with the reports. Guarded by its owner.
 *
 * <p>If a check finds changes that were not reported, the watchdog remembers how many reports must
 * come. A feed that stays silent is dead. If reports come late, others may stand for those that are
 * missing, so the server must be walked once. The server counts a value with a wrong end as a store
 * but does not report it; that costs a walk in vain.
 */
final class FeedWatchdog {
  /** A living feed reports within a second: memcached's logger sleeps no longer. */
  private static final Duration GRACE = Duration.ofMillis(1_500);

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int NONE = -1;

  /** The reports so far. To be taken before the statistics are fetched. */
  record Reports(int feed, Set<Kind> kinds, long stores, long evictions) {
    /** Whether the statistics count changes of these kinds one by one. */
    private boolean areCounted() {
      return kinds.contains(Kind.MUTATIONS) || kinds.contains(Kind.EVICTIONS);
    }

    private long count() {
      return kinds.contains(Kind.MUTATIONS) ? stores : evictions;
    }

    private long countedBy(ServerStats stats) {
      return kinds.contains(Kind.MUTATIONS) ? stats.stores() : stats.evictions();
    }
  }

  private int feed = NONE;
  private long countedBefore;
  private long reportedBefore;

  /** The server's counter when nothing was reported. */
  private long start;

  /** The number of reports that must come, and since when; the time is null if none is missing. */
  private long owed;

  private Instant owedSince;

  private boolean hasReported;
  private boolean isOverdue;
  private boolean isDead;
  private boolean hasGap;

  /** Compares the statistics with the reports. */
  void check(Reports reports, ServerStats stats, Instant now) {
    boolean wasOverdue = isOverdue;
    isOverdue = false;
    isDead = false;
    hasGap = false;
    if (!reports.areCounted()) {
      end();
      return;
    }
    long counted = reports.countedBy(stats);
    long reported = reports.count();
    if (reports.feed() != feed || counted < countedBefore) {
      feed = reports.feed();
      owedSince = null;
      start = counted - reported;
    }
    hasReported = reported > reportedBefore;
    countedBefore = counted;
    reportedBefore = reported;
    settle(reported, now);
    if (isDead) {
      return;
    }
    if (wasOverdue && owedSince == null) {
      // Later reports may have settled it, and not those that were missing.
      hasGap = true;
      start = counted - reported;
      return;
    }
    // Reports may exceed the counter: skipped changes are of unknown kinds, and some commands store
    // without being counted.
    start = Math.min(start, counted - reported);
    if (owedSince == null && counted - start > reported) {
      owed = counted - start;
      owedSince = now;
    }
  }

  private void settle(long reported, Instant now) {
    if (owedSince == null) {
      return;
    }
    Duration age = Duration.between(owedSince, now);
    if (reported >= owed) {
      owedSince = null;
    } else if (age.compareTo(PATIENCE) >= 0 && !hasReported) {
      isDead = true;
      end();
    } else {
      isOverdue = age.compareTo(GRACE) >= 0;
    }
  }

  private void end() {
    feed = NONE;
    owedSince = null;
  }

  /** Whether the feed reports everything that the server counts, as far as can be known. */
  boolean isTrusted() {
    return owedSince == null || hasReported && !isOverdue;
  }

  /** Whether reports are missing for longer than usual, so that changes may be lost. */
  boolean isOverdue() {
    return isOverdue;
  }

  /**
   * Whether the last check found that reports which were missing for long have come, or that others
   * stand for them. What is missing is forgotten.
   */
  boolean hasGap() {
    return hasGap;
  }

  /**
   * Whether the last check found reports missing for longer than a living feed can take, and the
   * feed silent. The next check starts afresh.
   */
  boolean isDead() {
    return isDead;
  }
}
