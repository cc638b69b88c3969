package org.ocmcore.cache.adapter.http;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.query.Analysis;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyFinder;
import org.ocmcore.cache.domain.query.KeyPage;
import org.ocmcore.cache.domain.query.KeyQuery;
import org.ocmcore.cache.domain.query.MatchSummary;
import org.ocmcore.cache.domain.query.ValuePage;

/** The routes that find keys, and that say what keys add up to. */
final class FindingRoutes {
  private final ValueJson values;
  private final Clock clock;

  FindingRoutes(ValueJson values, Clock clock) {
    this.values = values;
    this.clock = clock;
  }

  List<Route<?>> routes() {
    return List.of(
        Route.reading("/keys", FindDescriptions::page, FindRequests.Page::parse, this::page),
        Route.reading(
            "/pattern", FindDescriptions::pattern, FindRequests.ByPattern::parse, this::pattern),
        Route.reading(
            "/pattern/stats", FindDescriptions::stats, FindRequests.Stats::parse, this::stats),
        Route.reading("/tree", FindDescriptions::tree, FindRequests.Tree::parse, this::tree),
        Route.reading(
            "/analysis", FindDescriptions::analyze, FindRequests.Analyze::parse, this::analyze),
        Route.reading("/apps/stats", FindDescriptions::apps, FindRequests.Apps::parse, this::apps),
        Route.reading(
            "/apps/registry",
            FindDescriptions::registry,
            FindRequests.Registry::parse,
            this::registry),
        Route.reading(
            "/apps/{app}/stats", FindDescriptions::app, FindRequests.App::parse, this::app),
        Route.reading(
            "/apps/{app}/pattern",
            FindDescriptions::ofApp,
            FindRequests.OfApp::parse,
            this::ofApp));
  }

  private static KeyFinder finder(CallerUseCases cases, boolean fresh) {
    return finder(cases, fresh, KeyFilter.ALL);
  }

  private static KeyFinder finder(CallerUseCases cases, boolean fresh, KeyFilter filter) {
    return fresh ? cases.reader().fresh(filter) : cases.reader().known(filter);
  }

  private HttpAnswer page(FindRequests.Page request, CallerUseCases cases) {
    KeyQuery query = request.query();
    KeyPage page = finder(cases, request.fresh(), query.filter()).page(query);
    KeysAnswers.Shape shape =
        new KeysAnswers.Shape(!query.filter().isAll(), query.limit().isPresent());
    KeysAnswers.Page answer = request.details()
        ? KeysAnswers.Page.details(request.pattern(), page, shape, clock.instant())
        : KeysAnswers.Page.names(request.pattern(), page, shape);
    return HttpAnswer.ok(answer).with(answer.keys()::warning);
  }

  private HttpAnswer pattern(FindRequests.ByPattern request, CallerUseCases cases) {
    return request instanceof FindRequests.Values values
        ? values(values, cases)
        : page((FindRequests.Page) request, cases);
  }

  private HttpAnswer values(FindRequests.Values request, CallerUseCases cases) {
    KeyPage keys = finder(cases, request.fresh(), request.query().filter()).page(request.query());
    ArrivingValues memory = values.arriving(request.memory());
    ValuePage page = cases.reader().values(keys, memory);
    memory.settle();
    return HttpAnswer.ok(
            KeysAnswers.Values.of(request.pattern(), page, values.byKey(page.entries(), memory)))
        .with(() -> KeyJson.warning(keys.keys()));
  }

  private HttpAnswer stats(FindRequests.Stats request, CallerUseCases cases) {
    MatchSummary summary =
        finder(cases, request.fresh(), request.filter()).summary(request.filter(), request.limit());
    Optional<ValueJson.ByKey> first = Optional.empty();
    if (request.values()) {
      ArrivingValues memory = values.arriving(request.memory());
      first = Optional.of(values.byKey(cases.reader().values(summary.first(), memory), memory));
      memory.settle();
    }
    KeysAnswers.Summary answer = KeysAnswers.Summary.of(request.pattern(), summary, first);
    return HttpAnswer.ok(answer).with(answer.matchingKeys()::warning);
  }

  private HttpAnswer tree(FindRequests.Tree request, CallerUseCases cases) {
    return HttpAnswer.ok(TreeAnswer.of(finder(cases, request.fresh()).level(request.query())));
  }

  private HttpAnswer analyze(FindRequests.Analyze request, CallerUseCases cases) {
    Analysis analysis = finder(cases, request.fresh(), request.filter()).analysis(request.filter());
    return HttpAnswer.ok(AnalysisAnswer.of(analysis, clock.instant()));
  }

  private HttpAnswer apps(FindRequests.Apps request, CallerUseCases cases) {
    KeyFinder finder = finder(cases, request.fresh());
    return HttpAnswer.ok(AppAnswers.All.of(finder.apps(), finder.freshness()));
  }

  private HttpAnswer app(FindRequests.App request, CallerUseCases cases) {
    KeyFinder finder = finder(cases, request.fresh());
    return HttpAnswer.ok(
        AppAnswers.One.of(request.name(), finder.app(request.name()), finder.freshness()));
  }

  private HttpAnswer registry(FindRequests.Registry request, CallerUseCases cases) {
    KeyFinder finder = finder(cases, request.fresh());
    return HttpAnswer.ok(
        AppAnswers.Registry.of(finder.registry(request.limit()), finder.freshness()));
  }

  private HttpAnswer ofApp(FindRequests.OfApp request, CallerUseCases cases) {
    KeyPage page = finder(cases, request.fresh(), request.filter())
        .page(request.app(), KeyQuery.of(request.filter()));
    KeysAnswers.OfApp answer = KeysAnswers.OfApp.of(request.app(), request.pattern(), page);
    return HttpAnswer.ok(answer).with(answer.matchingKeys()::warning);
  }
}
