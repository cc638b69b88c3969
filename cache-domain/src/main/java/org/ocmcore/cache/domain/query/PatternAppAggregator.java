package org.ocmcore.cache.domain.query;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.ocmcore.cache.domain.error.TooManyApps;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.key.AppName;

/** Sums up apps whose keys can be anywhere, so that it keeps all of them. */
final class PatternAppAggregator extends AppAggregator {
  /** Some megabytes for each thread. */
  static final int MAX_APPS = 50_000;

  private final AppFinder finder;
  private final Instant now;
  private final LongConsumer memory;
  private final Map<AppName, Run> runs = new HashMap<>();

  PatternAppAggregator(AppFinder finder, Instant now, LongConsumer memory) {
    this.finder = finder;
    this.now = now;
    this.memory = memory;
  }

  @Override
  void add(KeyCursor key) {
    AppName app = finder.appOf(key.bytes(), key.from(), key.to());
    Run run = runs.get(app);
    if (run == null) {
      if (runs.size() == MAX_APPS) {
        throw new TooManyApps(MAX_APPS);
      }
      memory.accept(APP_BYTES);
      run = new NamedRun(app, now);
      runs.put(app, run);
    }
    run.counter().add(key);
  }

  @Override
  List<Run> open() {
    return List.copyOf(runs.values());
  }

  private static final class NamedRun extends Run {
    private final AppName app;

    NamedRun(AppName app, Instant now) {
      super(now);
      this.app = app;
    }

    @Override
    AppName app() {
      return app;
    }
  }
}
