package org.ocmcore.cache.domain.query;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.key.AppName;

/**
 * Sums up keys by app while they arrive in order, in bounded memory. For use by one thread.
 *
 * <p>If a range was split, an app may be in several parts; {@link #join} joins them.
 */
abstract class AppAggregator {
  /** What an app needs of the memory, with all that an answer makes of it. */
  static final long APP_BYTES = 400;

  /**
   * An aggregator for the rule of a finder.
   *
   * @param finder of this thread
   * @param whole receives each app that lies completely within this part
   * @param memory takes the bytes of the apps that it keeps itself; throws to end the work
   */
  static AppAggregator of(AppFinder finder, Instant now, Consumer<Run> whole, LongConsumer memory) {
    return finder.isByPattern()
        ? new PatternAppAggregator(finder, now, memory)
        : new PrefixAppAggregator(finder, now, whole);
  }

  /** @throws org.ocmcore.cache.domain.error.TooManyApps if it cannot keep them in memory */
  abstract void add(KeyCursor key);

  /** The apps that other parts may hold as well. */
  abstract List<Run> open();

  /** Reports the apps that were not reported as whole. */
  static void join(List<AppAggregator> parts, Consumer<Run> whole) {
    Map<AppName, Run> joined = new HashMap<>();
    for (AppAggregator part : parts) {
      part.open().forEach(run -> joined.merge(run.app(), run, Run::with));
    }
    joined.values().forEach(whole);
  }

  /** The sum over keys of one app. */
  abstract static class Run {
    private final KeySummary.Counter counter;

    Run(Instant now) {
      this.counter = new KeySummary.Counter(now);
    }

    abstract AppName app();

    final KeySummary.Counter counter() {
      return counter;
    }

    private Run with(Run other) {
      counter.add(other.counter);
      return this;
    }
  }
}
