package org.ocmcore.cache.domain.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.pattern.KeyPattern;

/**
 * Goes over the keys of a range that are meant, in order. What costs the least is asked first. For
 * one thread.
 */
final class Matches {
  /** So many keys are looked at before anybody is asked whether to go on. */
  private static final int PACE = 512;

  private final KeyCursor cursor;
  private final Workers.CancelToken shift;
  private final CriteriaMatcher traits;

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
      Workers.CancelToken shift) {
    this.cursor = cursor;
    this.shift = shift;
    this.search = search;
    traits = new CriteriaMatcher(filter.traits(), now);
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
    return traits.has(cursor.size(), cursor.expirySecond(), cursor.lastAccess())
        && (server < 0 || cursor.serverNumber() == server);
  }

  /** What is known of the key; not to be moved. */
  KeyCursor key() {
    return cursor;
  }
}
