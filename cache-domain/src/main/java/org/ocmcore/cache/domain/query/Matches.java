package org.ocmcore.cache.domain.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.KeyPattern;
import org.ocmcore.cache.domain.tracking.KeyCursor;

/**
 * Goes over the keys of a range that are meant, in order. What costs the least is asked first. For
 * one thread.
 */
final class Matches {
  /** So many keys are looked at before anybody is asked whether to go on. */
  private static final int PACE = 512;

  private final KeyCursor cursor;
  private final Workers.Shift shift;
  private final long minSize;
  private final long maxSize;

  /** The first second and the last in which a key may expire. */
  private final long firstEnd;

  private final long lastEnd;

  /** The last second in which a key may have been accessed. */
  private final long lastAccess;

  private final boolean anyAccess;

  /** The number of the only server, or -1. */
  private final int server;

  private final boolean globalOnly;
  private final Optional<KeyPattern.Search> search;
  private int looked;

  Matches(
      KeyCursor cursor,
      KeyFilter filter,
      Optional<KeyPattern.Search> search,
      List<String> servers,
      Instant now,
      Workers.Shift shift) {
    this.cursor = cursor;
    this.shift = shift;
    this.search = search;
    KeyTraits traits = filter.traits();
    minSize = traits.minSize().orElse(0);
    maxSize = traits.maxSize().orElse(Long.MAX_VALUE);
    // What is left is counted as answers show it: in whole seconds, rounded down.
    long begun = now.getEpochSecond() + (now.getNano() > 0 ? 1 : 0);
    boolean anyEnd = traits.ttlBelow().isEmpty() && traits.ttlAbove().isEmpty();
    firstEnd = traits.noTtl()
        ? Long.MAX_VALUE
        : traits.ttlAbove().map(above -> begun + above.toSeconds() + 1).orElse(Long.MIN_VALUE);
    lastEnd = anyEnd
        ? Long.MAX_VALUE
        : traits.ttlBelow().map(below -> begun + below.toSeconds() - 1).orElse(Long.MAX_VALUE - 1);
    anyAccess = traits.idleAbove().isEmpty();
    lastAccess = now.getEpochSecond()
        - traits.idleAbove().map(above -> above.toSeconds() + 1).orElse(0L);
    server = filter.server().map(servers::indexOf).orElse(-1);
    globalOnly = filter.isScattered();
  }

  /** Goes to the next one; false if there is none. */
  boolean next() {
    while (cursor.next()) {
      if (++looked % PACE == 0) {
        shift.requireGoing();
      }
      if (hasTraits()
          && (!globalOnly || App.end(cursor.bytes(), cursor.from(), cursor.to()) < 0)
          && (search.isEmpty() || search.get().finds(cursor.bytes(), cursor.from(), cursor.to()))) {
        return true;
      }
    }
    return false;
  }

  private boolean hasTraits() {
    long size = cursor.size();
    long end = cursor.expirySecond();
    return size >= minSize
        && size <= maxSize
        && end >= firstEnd
        && end <= lastEnd
        && (anyAccess || isIdle(cursor.lastAccess()))
        && (server < 0 || cursor.serverNumber() == server);
  }

  private boolean isIdle(long access) {
    return access != KeyInfo.UNKNOWN && access <= lastAccess;
  }

  /** What is known of the key; not to be moved. */
  KeyCursor key() {
    return cursor;
  }
}
