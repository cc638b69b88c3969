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

  /** The same with a pattern, which may need milliseconds for a key. */
  private static final int PATTERN_CHECK_INTERVAL = 8;

  private final KeyCursor cursor;
  private final Conditions conditions;
  private final Workers.CancelToken token;
  private final int checkInterval;
  private int visited;

  Matches(KeyCursor cursor, Conditions conditions, Workers.CancelToken token) {
    this.cursor = cursor;
    this.conditions = conditions;
    this.token = token;
    this.checkInterval = conditions.search.isPresent() ? PATTERN_CHECK_INTERVAL : CHECK_INTERVAL;
  }

  /**
   * What a filter demands of the keys in its range. For use by one thread.
   *
   * @param server the number of the only selected server, or -1
   */
  record Conditions(
      CriteriaMatcher criteria,
      int server,
      Optional<AppMatcher> app,
      Optional<KeyPattern.Search> search) {
    static Conditions of(KeyFilter filter, AppRule apps, List<String> servers, Instant now) {
      return new Conditions(
          new CriteriaMatcher(filter.traits(), now),
          filter.server().map(servers::indexOf).orElse(-1),
          filter.appMatcher(apps),
          filter.searchedPattern().map(KeyPattern::search));
    }

    /** The same for another thread, with the same bound on the work. */
    Conditions fork() {
      return new Conditions(
          criteria, server, app.map(AppMatcher::fork), search.map(KeyPattern.Search::fork));
    }

    private boolean hold(KeyCursor key) {
      return criteria.has(key.size(), key.expirySecond(), key.lastAccess(), key.isFetched())
          && (server < 0 || key.serverNumber() == server)
          && (app.isEmpty() || app.get().owns(key.bytes(), key.from(), key.to()))
          && (search.isEmpty() || search.get().finds(key.bytes(), key.from(), key.to()));
    }
  }

  /** Moves to the next matching key; returns false if there is none. */
  boolean next() {
    while (cursor.next()) {
      if (++visited % checkInterval == 0) {
        token.requireGoing();
      }
      if (conditions.hold(cursor)) {
        return true;
      }
    }
    return false;
  }

  /** The number of the keys that follow and match. */
  long count() {
    long matching = 0;
    while (next()) {
      matching++;
    }
    return matching;
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
