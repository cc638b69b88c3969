package org.ocmcore.cache.domain.port;

import java.time.Instant;
import java.util.Set;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Hears of the changes on one server, from one thread at a time; see {@link KeyspacePort#follow}.
 *
 * <p>Two changes of the same key may be told in the wrong order if two clients made them; the times
 * then tell which came last.
 */
public interface ChangeListener {
  /** What a feed may tell of. */
  enum Kind {
    /** Values that are stored, replaced, or changed in length. */
    MUTATIONS,
    /** Items that are removed before their end to make room. */
    EVICTIONS,
    /** Items that are deleted by a client. */
    DELETIONS
  }

  /**
   * Changes of some kind are left out on purpose.
   *
   * @param reason why, in words, and what can be done about it. Called at most once, before
   *     {@link #began} or, if nothing is followed, alone
   */
  void withheld(String reason);

  /** The feed is live; all that is told later is of these kinds. Called once, before the rest. */
  void began(Set<Kind> kinds);

  /**
   * An item was stored.
   *
   * @param key as far as the feed tells: what it does not is as of an item that was just written
   * @param at when, by this machine's clock, and never later than now
   */
  void stored(KeyInfo key, Instant at);

  /**
   * An item was removed, or replaced by one that had ended already.
   *
   * @param at when, by this machine's clock, and never later than now
   */
  void removed(CacheKey key, Instant at);

  /**
   * The server counts one more, of {@link ServerStats#stores} for {@link Kind#MUTATIONS} and of
   * {@link ServerStats#evictions} for {@link Kind#EVICTIONS}. Called beside {@link #stored} and
   * {@link #removed}, and alone for a store that changed nothing.
   */
  void counted(Kind kind);

  /** So many changes were left out, since they came faster than they were read. */
  void skipped(long count);

  /** All that has arrived so far has been told. Called once at the beginning, too. */
  void caughtUp();
}
