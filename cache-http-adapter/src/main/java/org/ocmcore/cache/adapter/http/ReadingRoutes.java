package org.ocmcore.cache.adapter.http;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.CacheStatus;
import org.ocmcore.cache.domain.CacheStatus.ServerStatus;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.schedule.AutoDump;
import org.ocmcore.cache.domain.schedule.AutoDump.LastDump;
import org.ocmcore.cache.domain.tracking.ServerTracking;

/** What everybody may ask beside finding keys, and how it is answered. */
final class ReadingRoutes {
  private final CacheReader reader;
  private final ServiceInfo service;
  private final ValueJson values;
  private final Clock clock;

  ReadingRoutes(CacheReader reader, ServiceInfo service, ValueJson values, Clock clock) {
    this.reader = reader;
    this.service = service;
    this.values = values;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("/stats", this::stats),
        Route.reading("/key/{key}", this::key),
        Route.reading("/key", this::key),
        Route.reading(
            "/auto-dump", request -> HttpAnswer.ok().withAll(autoDump(reader.autoDump()))));
  }

  private HttpAnswer stats(Request request) {
    CacheStatus status = reader.status();
    AutoDump.State autoDump = reader.autoDump();
    return HttpAnswer.ok()
        .with("total_keys", status.totalKeys())
        .with("size", status.totalKeys())
        .with("cache_backend", service.backend())
        .with("environment", service.environment())
        .with("dump_file", service.dumpFile())
        .with("auto_dump_enabled", autoDump.running())
        .with("auto_dump_interval", autoDump.interval().toSeconds())
        .with("tracking", tracking(status))
        .with("servers", status.servers().stream().map(ReadingRoutes::server).toList())
        .with("env_config", service.settings());
  }

  private static Map<String, Object> tracking(CacheStatus status) {
    Map<String, Object> fields = new LinkedHashMap<>();
    List<String> modes = status.tracking().stream()
        .map(server -> server.mode().toString())
        .distinct()
        .toList();
    fields.put("mode", modes.size() == 1 ? modes.get(0) : "mixed");
    fields.put("as_of", Times.text(status.asOf()));
    fields.put("complete", status.missing().isEmpty());
    if (!status.missing().isEmpty()) {
      fields.put("missing", status.missing());
    }
    fields.put(
        "servers", status.tracking().stream().map(ReadingRoutes::tracking).toList());
    return fields;
  }

  private static Map<String, Object> tracking(ServerTracking server) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("address", server.server());
    fields.put("mode", server.mode().toString());
    fields.put("keys", server.keys());
    fields.put("last_walk", server.lastWalk().map(ReadingRoutes::walk).orElse(null));
    fields.put("feed", server.feed().map(ReadingRoutes::feed).orElse(null));
    server.withheld().ifPresent(reason -> fields.put("feed_withheld", reason));
    fields.put("feed_skipped", server.skipped());
    server.problem().ifPresent(problem -> fields.put("problem", problem));
    return fields;
  }

  private static Map<String, Object> walk(ServerTracking.Walk walk) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("began_at", Times.text(walk.begin()));
    fields.put("duration_ms", walk.duration().toMillis());
    fields.put("keys", walk.keys());
    return fields;
  }

  private static Map<String, Object> feed(ServerTracking.Feed feed) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(
        "tells",
        feed.kinds().stream()
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .sorted()
            .toList());
    fields.put("lag_ms", feed.lag().toMillis());
    return fields;
  }

  private static Map<String, Object> server(ServerStatus server) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("address", server.address());
    fields.put("up", server.stats().isPresent());
    server.failure().ifPresent(failure -> fields.put("problem", failure.reason()));
    Optional<ServerStats> stats = server.stats();
    fields.put("version", told(stats, ServerStats::version));
    fields.put("uptime_seconds", told(stats, told -> told.uptime().toSeconds()));
    fields.put("current_items", told(stats, ServerStats::currentItems));
    fields.put("bytes", told(stats, ServerStats::bytes));
    fields.put("limit_bytes", told(stats, told -> number(told.limitBytes())));
    fields.put("hits", told(stats, ServerStats::hits));
    fields.put("misses", told(stats, ServerStats::misses));
    fields.put(
        "hit_ratio",
        told(stats, told -> told.hitRatio().isPresent() ? told.hitRatio().getAsDouble() : null));
    fields.put("evictions", told(stats, ServerStats::evictions));
    fields.put("connections", told(stats, told -> number(told.connections())));
    return fields;
  }

  private static <T> T told(Optional<ServerStats> stats, Function<ServerStats, T> field) {
    return stats.map(field).orElse(null);
  }

  private static Long number(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }

  private HttpAnswer key(Request request) {
    CacheKey key = request.key();
    request.memory().take(ValueJson.memory(reader.sizeOf(List.of(key))));
    CacheEntry entry = reader.read(key);
    ValueJson.Shown shown = values.show(entry.value());
    return KeyJson.name(HttpAnswer.ok(), entry.key())
        .with("value", shown.value())
        .with("encoding", shown.encoding())
        .with("flags", entry.value().flags())
        .with("ttl_seconds", Times.seconds(entry.expiry().remaining(clock.instant())))
        .with("size_bytes", entry.size());
  }

  /** How auto-dump stands, as every answer about it tells. */
  static Map<String, Object> autoDump(AutoDump.State state) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("running", state.running());
    fields.put("interval_seconds", state.interval().toSeconds());
    fields.put("next_dump_at", state.nextDumpAt().map(Times::text).orElse(null));
    fields.put("last_dump", state.lastDump().map(ReadingRoutes::lastDump).orElse(null));
    fields.put("consecutive_failures", state.consecutiveFailures());
    fields.put("too_few_changes", number(state.tooFewChanges()));
    fields.put("made_by", state.madeBy().orElse(null));
    return fields;
  }

  private static Map<String, Object> lastDump(LastDump dump) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("finished_at", Times.text(dump.finishedAt()));
    fields.put("ok", dump.error().isEmpty());
    fields.put("entries", dump.entries());
    fields.put("bytes", dump.bytes());
    fields.put("duration_ms", dump.duration().toMillis());
    fields.put("error", dump.error().orElse(null));
    return fields;
  }
}
