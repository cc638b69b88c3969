package org.ocmcore.cache.adapter.http;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.named.PlacedEntry;

/** The routes that read and do not search: statistics, one key, auto-dump. */
final class ReadingRoutes {
  private final ServiceInfo service;
  private final ValueJson values;
  private final ValueViews views;
  private final Clock clock;

  ReadingRoutes(ServiceInfo service, ValueJson values, ValueViews views, Clock clock) {
    this.service = service;
    this.values = values;
    this.views = views;
    this.clock = clock;
  }

  List<Route<?>> routes() {
    return List.of(
        // The first one, as Javalin tries one after the other.
        Route.reading("/key/{key}", KeyDescriptions::fetch, KeyRequests.Fetch::parse, this::fetch),
        Route.reading("/stats", ServiceDescriptions::stats, Route.Empty::parse, this::stats),
        Route.reading(
            "/settings", ServiceDescriptions::settings, Route.Empty::parse, this::settings),
        Route.reading("/check", ServiceDescriptions::check, Route.Empty::parse, this::check),
        Route.reading("/key/{key}/raw", KeyDescriptions::raw, KeyRequests.Raw::parse, this::raw),
        Route.reading(
            "/key/{key}/view", KeyDescriptions::view, KeyRequests.View::parse, this::view),
        Route.reading("/key", KeyDescriptions::byBytes, KeyRequests.ByBytes::parse, this::byBytes),
        Route.reading(
            "/auto-dump", DumpDescriptions::autoDump, Route.Empty::parse, this::autoDump));
  }

  private HttpAnswer stats(Route.Empty request, CallerUseCases cases) {
    return HttpAnswer.ok(StatsAnswer.of(
        cases.reader().status(), cases.reader().autoDump(), service.visibleTo(cases.caller())));
  }

  private HttpAnswer settings(Route.Empty request, CallerUseCases cases) {
    return HttpAnswer.ok(new SettingsAnswer(service.visibleTo(cases.caller()).settings()));
  }

  private HttpAnswer check(Route.Empty request, CallerUseCases cases) {
    return HttpAnswer.ok(CheckAnswer.of(cases.reader().check()));
  }

  private HttpAnswer fetch(KeyRequests.Fetch request, CallerUseCases cases) {
    if (!request.hasValue()) {
      return inspect(request, cases);
    }
    ArrivingValues memory = values.arriving(request.memory());
    PlacedEntry found = cases.reader().read(request.key(), memory);
    memory.settle();
    return unlessKnown(
        request.known(),
        found.version(),
        () ->
            HttpAnswer.ok(KeyAnswers.Entry.of(found, values.show(found.entry()), clock.instant())));
  }

  private HttpAnswer inspect(KeyRequests.Fetch request, CallerUseCases cases) {
    VersionedInfo found = cases.reader().inspect(request.key());
    return unlessKnown(
        request.known(),
        found.version(),
        () -> HttpAnswer.ok(KeyAnswers.Metadata.of(found.info(), clock.instant())));
  }

  private HttpAnswer raw(KeyRequests.Raw request, CallerUseCases cases) {
    // In the entry and in the answer.
    ArrivingValues memory = new ArrivingValues(request.memory(), 1);
    PlacedEntry found = cases.reader().readVisible(request.key(), memory);
    memory.settle();
    return unlessKnown(request.known(), found.version(), () -> RawValue.answer(found));
  }

  /** The answer, unless the client has this version. */
  private static HttpAnswer unlessKnown(
      Optional<EntityTags> known, long version, Supplier<HttpAnswer> answer) {
    return known.isPresent() && known.get().include(version)
        ? HttpAnswer.notModified(version)
        : answer.get().tagged(version);
  }

  private HttpAnswer byBytes(KeyRequests.ByBytes request, CallerUseCases cases) {
    if (request instanceof KeyRequests.ByBytes.Viewed viewed) {
      return view(viewed.view(), cases);
    }
    return request instanceof KeyRequests.ByBytes.Bytes bytes
        ? raw(bytes.raw(), cases)
        : fetch(((KeyRequests.ByBytes.Entry) request).fetch(), cases);
  }

  private HttpAnswer view(KeyRequests.View request, CallerUseCases cases) {
    CacheKey key = request.key();
    // In the entry, for the viewer, and in a copy that it may make.
    ArrivingValues memory = new ArrivingValues(request.memory(), 2);
    PlacedEntry found = cases.reader().read(key, memory);
    memory.settle();
    if (cases.reader().hidesValueOf(key)) {
      return HttpAnswer.ok(ViewAnswer.hidden(found));
    }
    return HttpAnswer.ok(ViewAnswer.of(
        found,
        views.view(found.entry().value(), request.chain(), request.window(), request.memory())));
  }

  private HttpAnswer autoDump(Route.Empty request, CallerUseCases cases) {
    return HttpAnswer.ok(AutoDumpAnswer.of(cases.reader().autoDump()));
  }
}
