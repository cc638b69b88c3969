package org.ocmcore.cache.domain.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.pattern.KeyPattern;

/**
 * Iterates over the keys of a range that match a filter, in order. The cheapest criteria are
 * checked first. For use by one thread.
 */
final class Matches {
  /** After so many keys it checks whether to go on. */
  private static final int CHECK_INTERVAL = 512;

  private final KeyCursor cursor;
  private final Workers.CancelToken token;
  private final CriteriaMatcher criteria;

  /** The number of the only selected server, or -1. */
  private final int server;

  private final Optional<AppMatcher> app;
  private final Optional<KeyPattern.Search> search;
  private int visited;

  Matches(
      KeyCursor cursor,
      KeyFilter filter,
      Optional<KeyPattern.Search> search,
      Optional<AppMatcher> app,
      List<String> servers,
      Instant now,
      Workers.CancelToken token) {
    this.cursor = cursor;
    this.token = token;
    this.search = search;
    this.app = app;
    criteria = new CriteriaMatcher(filter.traits(), now);
    server = filter.server().map(servers::indexOf).orElse(-1);
  }

  /** Moves to the next matching key; returns false if there is none. */
  boolean next() {
    while (cursor.next()) {
      if (++visited % CHECK_INTERVAL == 0) {
        token.requireGoing();
      }
      if (meetsCriteria()
          && (app.isEmpty() || app.get().owns(cursor.bytes(), cursor.from(), cursor.to()))
          && (search.isEmpty() || search.get().finds(cursor.bytes(), cursor.from(), cursor.to()))) {
        return true;
      }
    }
    return false;
  }

  private boolean meetsCriteria() {
    return criteria.has(cursor.size(), cursor.expirySecond(), cursor.lastAccess())
        && (server < 0 || cursor.serverNumber() == server);
  }

  /** The place of the key among all that the cursor has visited, from 0. */
  int index() {
    return visited - 1;
  }

  /** The current key. Callers must not move the cursor. */
  KeyCursor key() {
    return cursor;
  }
}
