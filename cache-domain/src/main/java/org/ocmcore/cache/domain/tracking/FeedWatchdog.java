package org.ocmcore.cache.domain.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.ocmcore.cache.domain.port.ChangeListener.Kind;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * Finds a feed that is silent since it is dead: a firewall may have forgotten its connection, and
 * neither end hears of that. The server's own counters say what the feed owes. Guarded by its
 * owner.
 *
 * <p>Of a look that finds something unreported it remembers up to where reports must come: that
 * some come does not hide that the last do not. A value with a wrong end is counted as a store and
 * never reported; if it is the last for some seconds, the feed is ended in vain, which costs a
 * walk.
 */
final class FeedWatchdog {
  /** A living feed reports within a second: memcached's logger sleeps no longer. */
  private static final Duration GRACE = Duration.ofMillis(1_500);

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int NONE = -1;

  /** What feeds have reported so far; it must be read before the counters are asked for. */
  record Reports(int feed, Set<Kind> kinds, long stores, long evictions) {
    /** Not each kind is counted by servers one by one. */
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

  /** What the server had counted when nothing was reported. */
  private long start;

  /** How many reports must come, and since when; the latter is null if none is owed. */
  private long owed;

  private Instant owedSince;

  private boolean hasReported;
  private boolean isOverdue;
  private boolean isDead;

  /** Compares what the server counts with what the feed has reported. */
  void check(Reports reports, ServerStats stats, Instant now) {
    isOverdue = false;
    isDead = false;
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
    // More is reported than counted where changes are left out, or made by other commands.
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

  /** Whether it reports all that is counted, as far as can be known. */
  boolean isTrusted() {
    return owedSince == null || hasReported && !isOverdue;
  }

  /** Whether it owes reports for longer than usual, so that some may be lost. */
  boolean isOverdue() {
    return isOverdue;
  }

  /**
   * Whether it was found by the last look to owe reports for longer than a living feed can, and to
   * be silent; what it owes is forgotten then.
   */
  boolean isDead() {
    return isDead;
  }
}
