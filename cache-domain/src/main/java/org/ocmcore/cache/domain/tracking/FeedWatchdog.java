package org.ocmcore.cache.domain.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.ocmcore.cache.domain.port.ChangeListener.Kind;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * Finds a feed that is silent since it is dead: a firewall may have forgotten its connection, and
 * neither end hears of that. The server's own counters say what the feed should have reported.
 * Guarded by its owner.
 */
final class FeedWatchdog {
  /** A living feed reports within a second: memcached's logger sleeps no longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private long storesBefore;
  private long evictionsBefore;
  private long heardBefore;

  /** When a look first found something that the feed has not reported, or null. */
  private Instant silentSince;

  /**
   * Compares what the server counts with what the feed has reported.
   *
   * @param kinds that the feed reports; empty if there is no feed
   * @param heard how many reports of any kind have come so far
   */
  void look(ServerStats stats, Set<Kind> kinds, long heard, Instant now) {
    if (heard != heardBefore || kinds.isEmpty()) {
      silentSince = null;
    } else if (silentSince == null && countsMore(stats, kinds)) {
      silentSince = now;
    }
    heardBefore = heard;
    storesBefore = stats.stores();
    evictionsBefore = stats.evictions();
  }

  /** Each attempt to store is reported, and each eviction; not all deletions are. */
  private boolean countsMore(ServerStats stats, Set<Kind> kinds) {
    return kinds.contains(Kind.MUTATIONS) && stats.stores() > storesBefore
        || kinds.contains(Kind.EVICTIONS) && stats.evictions() > evictionsBefore;
  }

  /** Whether the feed has reported something since the server last counted what it should. */
  boolean isTrusted() {
    return silentSince == null;
  }

  /** Whether it owes its reports for longer than a living feed can. */
  boolean isDead(Instant now) {
    return silentSince != null && !now.isBefore(silentSince.plus(PATIENCE));
  }
}
