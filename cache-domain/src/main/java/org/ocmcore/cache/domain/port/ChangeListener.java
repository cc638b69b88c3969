package org.ocmcore.cache.domain.port;

import java.time.Instant;
import java.util.Set;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Receives the changes on one server, from one thread at a time; see {@link KeyspacePort#follow}.
 *
 * <p>If two clients change the same key, the changes may arrive in the wrong order. Their times
 * show which came last.
 */
public interface ChangeListener {
  /** The kinds of changes that a feed may report. */
  enum Kind {
    /** Values that are stored, replaced, or changed in length. */
    MUTATIONS,
    /** Items that are removed before their expiry to make room. */
    EVICTIONS,
    /** Items that a client deletes. */
    DELETIONS
  }

  /**
   * The feed leaves out some kinds of changes on purpose.
   *
   * @param reason why, and what the user can do about it. Called at most once: before
   *     {@link #began}, or alone if nothing is followed
   */
  void withheld(String reason);

  /** The feed is live and reports these kinds. Called once, before everything else. */
  void began(Set<Kind> kinds);

  /**
   * An item was stored.
   *
   * @param key as far as the feed reports it; the rest is that of an item that was just written
   * @param at when, by this machine's clock; never later than now
   */
  void stored(KeyInfo key, Instant at);

  /**
   * A client deleted an item, or replaced it by one that has expired already or that the server
   * refused.
   *
   * @param at when, by this machine's clock; never later than now
   */
  void removed(CacheKey key, Instant at);

  /**
   * The server removed an item before its expiry to make room.
   *
   * @param at when, by this machine's clock; never later than now
   */
  void evicted(CacheKey key, Instant at);

  /**
   * The server's statistics count this change: {@link ServerStats#stores} for
   * {@link Kind#MUTATIONS}, {@link ServerStats#evictions} for {@link Kind#EVICTIONS}. Called beside
   * {@link #stored} and {@link #evicted}, and alone for a store that changed nothing.
   */
  void counted(Kind kind);

  /** The feed left out this number of changes, since they came faster than they were read. */
  void skipped(long count);

  /** Everything that has arrived was reported. Also called once at the beginning. */
  void caughtUp();
}
