package org.ocmcore.cache.adapter.http;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.Analysis;
import org.ocmcore.cache.domain.query.AppKeys;
import org.ocmcore.cache.domain.query.FoundKeys;
import org.ocmcore.cache.domain.query.Freshness;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyFinder;
import org.ocmcore.cache.domain.query.KeyPage;
import org.ocmcore.cache.domain.query.KeyQuery;
import org.ocmcore.cache.domain.query.KeySummary;
import org.ocmcore.cache.domain.query.Level;
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
    HttpAnswer answer = withKeys(HttpAnswer.ok(), "keys", page.keys(), details);
    if (!filter.equals(KeyFilter.ALL)) {
      answer.with("count", page.matching());
    }
    return paged(answer.with("total_keys", page.total()), query, page);
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
    HttpAnswer answer = HttpAnswer.ok().with("pattern", pattern.toString());
    withKeys(answer, "keys", page.keys(), details)
        .with("count", page.matching())
        .with("total_keys", page.total());
    return paged(answer, query, page);
  }

  private static HttpAnswer paged(HttpAnswer answer, KeyQuery query, KeyPage page) {
    if (query.limit().isPresent()) {
      answer.with("next_cursor", page.next().map(KeyParameters::cursor).orElse(null));
    }
    return withFreshness(answer, page.freshness());
  }

  private static HttpAnswer withFreshness(HttpAnswer answer, Freshness freshness) {
    answer.with("as_of", Times.text(freshness.asOf())).with("complete", freshness.isComplete());
    return freshness.isComplete() ? answer : answer.with("incomplete", freshness.gaps());
  }

  private HttpAnswer withKeys(HttpAnswer answer, String name, FoundKeys keys, boolean details) {
    return details
        ? answer.with(name, KeyJson.details(keys, clock.instant()))
        : withNames(answer, name, keys);
  }

  /** Readable forms; of keys that are no text, if there are any, the bytes beside them. */
  private static HttpAnswer withNames(HttpAnswer answer, String name, FoundKeys keys) {
    answer.with(name, KeyJson.names(keys));
    return KeyJson.hasBinaries(keys)
        ? answer.with(name + "_base64", KeyJson.binaries(keys))
        : answer;
  }

  private HttpAnswer values(Request request, KeyPattern pattern, KeyFilter filter) {
    int limit = request.limit(MAX_VALUES).orElse(DEFAULT_VALUES);
    KeyQuery query =
        new KeyQuery(filter, request.keys().order(), Optional.empty(), OptionalInt.of(limit));
    KeyPage keys = finder(request).page(query);
    request.memory().take(memory(keys.keys()));
    ValuePage page = reader.values(keys);
    HttpAnswer answer = HttpAnswer.ok().with("pattern", pattern.toString());
    values
        .withAll(answer, "values", page.entries())
        .with("count", page.matching())
        .with("truncated", page.truncated());
    return withFreshness(answer, page.freshness());
  }

  /** What the values of these keys take, as far as they are read. */
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
    KeySummary totals = summary.totals();
    HttpAnswer answer = HttpAnswer.ok()
        .with("pattern", pattern.toString())
        .with("total_matching_keys", totals.keys())
        .with("active_keys", totals.active())
        .with("expired_keys", totals.expired());
    withNames(answer, "matching_keys", summary.first())
        .with("truncated", summary.first().size() < totals.keys())
        .with("total_bytes", totals.bytes())
        .with("ttl", ttl(totals.ttl()));
    if (withValues) {
      request.memory().take(memory(summary.first()));
      values.withAll(answer, "active_values", reader.values(summary.first()));
    }
    return withFreshness(answer, summary.freshness());
  }

  private static Map<String, Long> ttl(KeySummary.TtlSummary ttl) {
    Map<String, Long> fields = new LinkedHashMap<>();
    fields.put("never", ttl.never());
    fields.put("under_1m", ttl.underMinute());
    fields.put("under_1h", ttl.underHour());
    fields.put("under_1d", ttl.underDay());
    fields.put("over_1d", ttl.overDay());
    return fields;
  }

  private HttpAnswer apps(Request request) {
    KeyFinder finder = finder(request);
    Map<String, Object> apps = new LinkedHashMap<>();
    finder.apps().forEach((app, totals) -> apps.put(app.name(), app(app, totals)));
    HttpAnswer answer = HttpAnswer.ok().with("apps_stats", apps).with("total_apps", apps.size());
    return withFreshness(answer, finder.freshness());
  }

  private HttpAnswer app(Request request) {
    AppName app = request.app();
    KeyFinder finder = finder(request);
    return withFreshness(HttpAnswer.ok().withAll(app(app, finder.app(app))), finder.freshness());
  }

  private static Map<String, Object> app(AppName app, KeySummary totals) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("app_name", app.name());
    fields.put("total_keys", totals.keys());
    fields.put("active_keys", totals.active());
    fields.put("expired_keys", totals.expired());
    fields.put("total_bytes", totals.bytes());
    return fields;
  }

  private HttpAnswer registry(Request request) {
    int limit = request.limit(MAX_PAGE).orElse(DEFAULT_REGISTRY);
    KeyFinder finder = finder(request);
    List<AppKeys> apps = finder.registry(limit);
    Map<String, Object> registries = new LinkedHashMap<>();
    Map<String, Object> binaries = new LinkedHashMap<>();
    for (AppKeys app : apps) {
      registries.put(app.app().name(), KeyJson.names(app.keys()));
      if (KeyJson.hasBinaries(app.keys())) {
        binaries.put(app.app().name(), KeyJson.binaries(app.keys()));
      }
    }
    List<String> truncated = apps.stream()
        .filter(app -> app.keys().size() < app.total())
        .map(app -> app.app().name())
        .toList();
    HttpAnswer answer = HttpAnswer.ok().with("registries", registries);
    if (!binaries.isEmpty()) {
      answer.with("registries_base64", binaries);
    }
    answer
        .with("total_apps", apps.size())
        .with("app_names", registries.keySet())
        .with("truncated", truncated);
    return withFreshness(answer, finder.freshness());
  }

  private HttpAnswer appPattern(Request request) {
    AppName app = request.app();
    KeyPattern pattern = request.pattern();
    KeyFilter filter = request.keys().filter(reader.servers()).with(pattern);
    KeyPage page = finder(request).page(app, KeyQuery.of(filter));
    HttpAnswer answer =
        HttpAnswer.ok().with("app_name", app.name()).with("pattern", pattern.toString());
    withNames(answer, "matching_keys", page.keys()).with("count", page.matching());
    return withFreshness(answer, page.freshness());
  }

  private HttpAnswer tree(Request request) {
    LevelQuery query = new LevelQuery(
        request.keys().prefix(),
        request.keys().delimiter(),
        request.keys().levelOrder(),
        request.limit(MAX_PAGE).orElse(DEFAULT_CHILDREN));
    Level level = finder(request).level(query);
    HttpAnswer answer = HttpAnswer.ok()
        .withAll(Overviews.part("prefix", level.prefix()))
        .withAll(Overviews.part("delimiter", level.delimiter()))
        .with("children", Overviews.children(level))
        .with("total_children", level.totalChildren())
        .with("truncated", level.isTruncated())
        .withAll(Overviews.sums(level.totals()));
    return withFreshness(answer, level.freshness());
  }

  private HttpAnswer analysis(Request request) {
    KeyFilter filter = request.keys().filter(reader.servers());
    Analysis analysis =
        finder(request).analysis(request.optionalPattern().map(filter::with).orElse(filter));
    return withFreshness(
        HttpAnswer.ok().withAll(Overviews.analysis(analysis, clock.instant())),
        analysis.freshness());
  }
}
