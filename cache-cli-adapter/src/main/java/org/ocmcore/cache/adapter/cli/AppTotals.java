package org.ocmcore.cache.adapter.cli;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.AppFinder;

/** Sums up keys by app, in bounded memory. For use by one thread. */
final class AppTotals {
  /** Keys that begin with a number make as many apps. Apps beyond this are counted as one. */
  private static final int MAX_APPS = 100_000;

  private final AppFinder finder;
  private final Map<String, Total> totals = new HashMap<>();
  private final Total others = new Total("(others)");

  AppTotals(AppFinder finder) {
    this.finder = finder;
  }

  /** The sum over the keys of an app. */
  static final class Total {
    private final String app;
    private long keys;
    private long bytes;

    private Total(String app) {
      this.app = app;
    }

    String app() {
      return app;
    }

    long keys() {
      return keys;
    }

    long bytes() {
      return bytes;
    }
  }

  void add(CacheKey key, long bytes) {
    String app = finder.appOf(key).name();
    Total total = totals.get(app);
    if (total == null) {
      total = totals.size() < MAX_APPS ? new Total(app) : others;
      if (total != others) {
        totals.put(app, total);
      }
    }
    total.keys++;
    total.bytes += bytes;
  }

  /** The apps with the most bytes, largest first. */
  List<Total> top(int most) {
    if (others.keys > 0) {
      totals.put(others.app, others);
    }
    return totals.values().stream()
        .sorted(Comparator.comparingLong(Total::bytes).reversed().thenComparing(Total::app))
        .limit(most)
        .toList();
  }
}
