package org.ocmcore.cache.domain.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.key.KeyRange;

/**
 * Scans the keys of an index that a caller may see, with several threads. Immutable; safe for use
 * by any number of threads.
 */
final class IndexScan {
  private final KeyIndex index;
  private final AppRule apps;
  private final Instant now;
  private final Workers workers;
  private final AppScope scope;

  /**
   * @param now keys that have expired at this time do not exist
   * @param scope keys of other apps do not exist
   */
  IndexScan(KeyIndex index, AppRule apps, Instant now, Workers workers, AppScope scope) {
    this.index = index;
    this.apps = apps;
    this.now = now;
    this.workers = workers;
    this.scope = scope;
  }

  /** The filter, limited to the apps of the scope. */
  KeyFilter scoped(KeyFilter filter) {
    return filter.within(scope);
  }

  /** The keys of a range, whatever their app. */
  KeyCursor cursor(KeyRange range) {
    return index.cursor(range, now);
  }

  /** The same with misplaced copies. */
  KeyCursor copies(KeyRange range) {
    return index.copies(range, now);
  }

  /** @throws IllegalArgumentException if the filter names an unknown server */
  void requireServer(KeyFilter filter) {
    if (filter.server().isPresent() && !index.servers().contains(filter.server().get())) {
      throw new IllegalArgumentException("server is \"%s\", it must be one of %s"
          .formatted(filter.server().get(), String.join(", ", index.servers())));
    }
  }

  /** Scans the keys that match; returns the results of the parts, in order. */
  <T> List<T> keys(KeyFilter filter, Function<Matches, T> scanner) {
    return ranges(filter, this::cursor, (range, matches) -> scanner.apply(matches));
  }

  /** Scans all copies of keys that match; returns the results of the parts, in order. */
  <T> List<T> copies(KeyFilter filter, Function<Matches, T> scanner) {
    return copyRanges(filter, (range, matches) -> scanner.apply(matches));
  }

  /** The same for a scanner that needs the range of each part. */
  <T> List<T> copyRanges(KeyFilter filter, BiFunction<KeyRange, Matches, T> scanner) {
    return ranges(filter, this::copies, scanner);
  }

  private <T> List<T> ranges(
      KeyFilter given,
      Function<KeyRange, KeyCursor> cursors,
      BiFunction<KeyRange, Matches, T> scanner) {
    KeyFilter filter = scoped(given);
    requireServer(filter);
    KeyRange range = filter.range(apps);
    Matches.Conditions conditions = conditions(filter);
    List<KeyRange> ranges =
        index.split(range, workers.parts(index.sum(range, now).keys()));
    List<Function<Workers.CancelToken, T>> parts = new ArrayList<>();
    for (KeyRange part : ranges) {
      parts.add(
          token -> scanner.apply(part, new Matches(cursors.apply(part), conditions.fork(), token)));
    }
    return workers.all(parts);
  }

  private Matches.Conditions conditions(KeyFilter filter) {
    return Matches.Conditions.of(filter, apps, index.servers(), now);
  }

  /** Scans the keys with a prefix in order. Sums over them cost little if all may be seen. */
  <T> T level(KeyBytes prefix, Function<LevelKeys, T> scanner) {
    KeyFilter filter = scoped(KeyFilter.startingWith(prefix));
    KeyCursor cursor = cursor(filter.range(apps));
    if (scope.isAll()) {
      return scanner.apply(LevelKeys.of(cursor));
    }
    // In order, so on one thread.
    Function<Workers.CancelToken, T> part =
        token -> scanner.apply(LevelKeys.of(new Matches(cursor, conditions(filter), token)));
    return workers.all(List.of(part)).get(0);
  }
}
