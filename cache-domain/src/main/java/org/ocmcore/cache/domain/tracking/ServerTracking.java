package org.ocmcore.cache.domain.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ocmcore.cache.domain.port.ChangeListener;

/**
 * How the keys of one server are tracked.
 *
 * @param server its address
 * @param mode the sources
 * @param keys the number of its known live keys
 * @param lastWalk the last complete walk; empty before that
 * @param feed the live feed; empty if there is none
 * @param withheld why some kinds of changes are not followed although the server offers them, and
 *     what the user can do; empty if all are followed
 * @param skipped the number of changes that feeds left out since the start
 * @param problem why keys are unknown; empty if all are known
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
  /** The sources of keys, beside our own writes. */
  public enum Mode {
    /** The server has not answered yet. */
    UNKNOWN,
    /** A feed reports stores by other clients, and walks make the index right. */
    FEED_AND_WALK,
    /** Walks find stores by other clients. */
    WALK,
    /** The server does not allow walks: only keys that were written here are known. */
    OWN_WRITES;

    static Mode of(WalkHistory walks, boolean reportsStores) {
      if (walks.refusal().isPresent()) {
        return OWN_WRITES;
      }
      if (reportsStores) {
        return FEED_AND_WALK;
      }
      return walks.last().isPresent() ? WALK : UNKNOWN;
    }

    /** In words. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * A complete walk.
   *
   * @param begin when it began
   * @param duration until its last key was in the index
   * @param keys the number of keys that it visited
   */
  public record Walk(Instant begin, Duration duration, long keys) {}

  /**
   * A live feed.
   *
   * @param kinds the kinds of changes that it reports
   * @param lag the time from the last reported change until it was in the index
   */
  public record Feed(Set<ChangeListener.Kind> kinds, Duration lag) {
    public Feed {
      kinds = Set.copyOf(kinds);
    }
  }
}
