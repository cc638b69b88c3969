package org.ocmcore.cache.adapter.http;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.Analysis;
import org.ocmcore.cache.domain.query.FoundKeys;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyFinder;
import org.ocmcore.cache.domain.query.KeyPage;
import org.ocmcore.cache.domain.query.KeyQuery;
import org.ocmcore.cache.domain.query.LevelQuery;
import org.ocmcore.cache.domain.query.MatchSummary;
import org.ocmcore.cache.domain.query.ValuePage;

/** Finding keys, and telling what they add up to; and how that is answered. */
final class FindingRoutes {
  private static final int MAX_PAGE = 10_000;
  private static final int MAX_VALUES = 1_000;
  private static final int DEFAULT_VALUES = 100;
  private static final int DEFAULT_FIRST_KEYS = 100;
  private static final int DEFAULT_REGISTRY = 1_000;
  private static final int DEFAULT_CHILDREN = 1_000;

  private final CacheReader reader;
  private final ValueJson values;
  private final Clock clock;

  FindingRoutes(CacheReader reader, ValueJson values, Clock clock) {
    this.reader = reader;
    this.values = values;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("/keys", this::keys),
        Route.reading("/pattern", this::pattern),
        Route.reading("/pattern/stats", this::patternStats),
        Route.reading("/tree", this::tree),
        Route.reading("/analysis", this::analysis),
        Route.reading("/apps/stats", this::apps),
        Route.reading("/apps/registry", this::registry),
        Route.reading("/apps/{app}/stats", this::app),
        Route.reading("/apps/{app}/pattern", this::appPattern));
  }

  private KeyFinder finder(Request request) {
    return request.flag("fresh") ? reader.fresh() : reader.known();
  }

  private HttpAnswer keys(Request request) {
    KeyFilter filter = request.keys().filter(reader.servers());
    KeyQuery query = request.keys().page(filter, request.limit(MAX_PAGE));
    boolean details = request.flag("details");
    KeyPage page = finder(request).page(query);
    return page(Optional.empty(), query, page, details);
  }

  private HttpAnswer pattern(Request request) {
    KeyPattern pattern = request.pattern();
    KeyFilter filter = request.keys().filter(reader.servers()).with(pattern);
    if (request.flag("values")) {
      return values(request, pattern, filter);
    }
    KeyQuery query = request.keys().page(filter, request.limit(MAX_PAGE));
    boolean details = request.flag("details");
    KeyPage page = finder(request).page(query);
    return page(Optional.of(pattern), query, page, details);
  }

  private HttpAnswer page(
      Optional<KeyPattern> pattern, KeyQuery query, KeyPage page, boolean details) {
    KeysAnswers.Shape shape = new KeysAnswers.Shape(
        !query.filter().equals(KeyFilter.ALL), query.limit().isPresent());
    return HttpAnswer.ok(
        details
            ? KeysAnswers.Page.details(pattern, page, shape, clock.instant())
            : KeysAnswers.Page.names(pattern, page, shape));
  }

  private HttpAnswer values(Request request, KeyPattern pattern, KeyFilter filter) {
    int limit = request.limit(MAX_VALUES).orElse(DEFAULT_VALUES);
    KeyQuery query =
        new KeyQuery(filter, request.keys().order(), Optional.empty(), OptionalInt.of(limit));
    KeyPage keys = finder(request).page(query);
    request.memory().take(memory(keys.keys()));
    ValuePage page = reader.values(keys);
    return HttpAnswer.ok(KeysAnswers.Values.of(pattern, page, values.byKey(page.entries())));
  }

  /** The memory that the values of these keys take, as far as they are read. */
  private static long memory(FoundKeys keys) {
    long[] bytes = new long[1];
    keys.visit(key -> bytes[0] += key.size());
    return ValueJson.memory(Math.min(bytes[0], CacheReader.MAX_VALUE_BYTES));
  }

  private HttpAnswer patternStats(Request request) {
    KeyPattern pattern = request.pattern();
    boolean withValues = request.flag("values");
    OptionalInt limit = request.limit(withValues ? MAX_VALUES : MAX_PAGE);
    KeyFilter filter = request.keys().filter(reader.servers()).with(pattern);
    MatchSummary summary = finder(request).summary(filter, limit.orElse(DEFAULT_FIRST_KEYS));
    if (withValues) {
      request.memory().take(memory(summary.first()));
    }
    Optional<ValueJson.ByKey> first =
        withValues ? Optional.of(values.byKey(reader.values(summary.first()))) : Optional.empty();
    return HttpAnswer.ok(KeysAnswers.Summary.of(pattern, summary, first));
  }

  private HttpAnswer apps(Request request) {
    KeyFinder finder = finder(request);
    return HttpAnswer.ok(AppAnswers.All.of(finder.apps(), finder.freshness()));
  }

  private HttpAnswer app(Request request) {
    AppName app = request.app();
    KeyFinder finder = finder(request);
    return HttpAnswer.ok(AppAnswers.One.of(app, finder.app(app), finder.freshness()));
  }

  private HttpAnswer registry(Request request) {
    int limit = request.limit(MAX_PAGE).orElse(DEFAULT_REGISTRY);
    KeyFinder finder = finder(request);
    return HttpAnswer.ok(AppAnswers.Registry.of(finder.registry(limit), finder.freshness()));
  }

  private HttpAnswer appPattern(Request request) {
    AppName app = request.app();
    KeyPattern pattern = request.pattern();
    KeyFilter filter = request.keys().filter(reader.servers()).with(pattern);
    KeyPage page = finder(request).page(app, KeyQuery.of(filter));
    return HttpAnswer.ok(KeysAnswers.OfApp.of(app, pattern, page));
  }

  private HttpAnswer tree(Request request) {
    LevelQuery query = new LevelQuery(
        request.keys().prefix(),
        request.keys().delimiter(),
        request.keys().levelOrder(),
        request.limit(MAX_PAGE).orElse(DEFAULT_CHILDREN));
    return HttpAnswer.ok(TreeAnswer.of(finder(request).level(query)));
  }

  private HttpAnswer analysis(Request request) {
    KeyFilter filter = request.keys().filter(reader.servers());
    Analysis analysis =
        finder(request).analysis(request.optionalPattern().map(filter::with).orElse(filter));
    return HttpAnswer.ok(AnalysisAnswer.of(analysis, clock.instant()));
  }
}
