package org.ocmcore.cache.adapter.http;

import java.time.Clock;
import java.util.List;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.named.PlacedEntry;

/** The routes that read and do not search: statistics, one key, auto-dump. */
final class ReadingRoutes {
  private final ServiceInfo service;
  private final ValueJson values;
  private final Clock clock;

  ReadingRoutes(ServiceInfo service, ValueJson values, Clock clock) {
    this.service = service;
    this.values = values;
    this.clock = clock;
  }

  List<Route<?>> routes() {
    return List.of(
        Route.reading("/stats", Route.Empty::parse, this::stats),
        Route.reading("/key/{key}", KeyRequests.Fetch::parse, this::fetch),
        Route.reading("/key", KeyRequests.Fetch::parse, this::fetch),
        Route.reading("/auto-dump", Route.Empty::parse, this::autoDump));
  }

  private HttpAnswer stats(Route.Empty request, CallerUseCases cases) {
    return HttpAnswer.ok(StatsAnswer.of(
        cases.reader().status(), cases.reader().autoDump(), service.visibleTo(cases.caller())));
  }

  private HttpAnswer fetch(KeyRequests.Fetch request, CallerUseCases cases) {
    CacheKey key = request.key();
    long bytes = cases.reader().sizeOf(List.of(key));
    request.memory().take(ValueJson.memory(bytes, bytes));
    PlacedEntry found = cases.reader().read(key);
    return HttpAnswer.ok(KeyAnswers.Entry.of(found, values.show(found.entry()), clock.instant()));
  }

  private HttpAnswer autoDump(Route.Empty request, CallerUseCases cases) {
    return HttpAnswer.ok(AutoDumpAnswer.of(cases.reader().autoDump()));
  }
}
