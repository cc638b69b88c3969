package org.ocmcore.cache.domain.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ocmcore.cache.domain.port.ChangeListener;

/**
 * How the keys of a server are tracked.
 *
 * @param server its address
 * @param mode by what
 * @param keys how many of them are known and live
 * @param lastWalk the last one that met all keys; empty before it
 * @param feed the feed that is live; empty if none is
 * @param withheld why changes of some kind are not followed though the server tells them, and what
 *     can be done; empty if all are
 * @param skipped changes that feeds have left out since the start
 * @param problem why the keys are not known, or not all; empty if they are
 */
public record ServerTracking(
    String server,
    Mode mode,
    long keys,
    Optional<Walk> lastWalk,
    Optional<Feed> feed,
    Optional<String> withheld,
    long skipped,
    Optional<String> problem) {
  /** By what keys are tracked; always by our own writes, too. */
  public enum Mode {
    /** The server has not answered yet. */
    UNKNOWN,
    /** What others store is followed, and walks make it right. */
    FEED_AND_WALK,
    /** What others store is found by walks. */
    WALK,
    /** The server does not allow its keys to be listed: only those written here are known. */
    OWN_WRITES;

    /** In words. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * A walk that met all keys.
   *
   * @param begin when it began
   * @param duration until its last key was in the index
   * @param keys how many it met
   */
  public record Walk(Instant begin, Duration duration, long keys) {}

  /**
   * A feed.
   *
   * @param kinds what it tells of
   * @param lag how long after it had happened the last change that was told was in the index
   */
  public record Feed(Set<ChangeListener.Kind> kinds, Duration lag) {
    public Feed {
      kinds = Set.copyOf(kinds);
    }
  }
}
