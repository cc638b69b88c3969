package org.ocmcore.cache.adapter.http;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.dump.DumpPage;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.query.KeyFilter;

/** What everybody may ask about dumps. */
final class DumpRoutes {
  private static final int MAX_KEYS = 10_000;
  private static final int USUAL_KEYS = 1_000;
  private static final int MAX_NAMED = 1_000;
  private static final int USUALLY_NAMED = 20;

  private final CacheReader reader;
  private final JobAnswers jobs;

  DumpRoutes(CacheReader reader, JobAnswers jobs) {
    this.reader = reader;
    this.jobs = jobs;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("/dumps", this::list),
        Route.reading("/dumps/{name}", this::describe),
        Route.reading("/dumps/{name}/keys", this::keys),
        Route.reading("/dumps/{name}/diff", this::diff),
        Route.asking("/dumps/{name}/diff", Set.of(), this::startDiff));
  }

  private HttpAnswer list(Request request) {
    List<DumpInfo> dumps = reader.dumps();
    Optional<DumpInfo> current =
        dumps.stream().filter(dump -> dump.valid() && dump.complete()).findFirst();
    return HttpAnswer.ok()
        .with(
            "dumps",
            dumps.stream()
                .map(dump -> DumpAnswers.summary(dump, Optional.of(dump).equals(current)))
                .toList());
  }

  private HttpAnswer describe(Request request) {
    return HttpAnswer.ok().withAll(DumpAnswers.described(reader.dump(request.dump())));
  }

  private HttpAnswer keys(Request request) {
    KeyFilter all = request.keys().filter(List.of());
    KeyFilter filter = request.optionalPattern().map(all::with).orElse(all);
    boolean details = request.flag("details");
    DumpPage page = reader.dumpKeys(
        request.dump(),
        filter,
        request.number("cursor", 0, Long.MAX_VALUE).orElse(0),
        request.limit(MAX_KEYS).orElse(USUAL_KEYS));
    Instant then = page.dump().createdAt();
    HttpAnswer answer = HttpAnswer.ok()
        .with("name", page.dump().name())
        .with("created_at", Times.text(then))
        .with("valid", page.dump().valid())
        .with("total_keys", page.dump().entries())
        .with("count", page.keys().size())
        .with(
            "keys",
            page.keys().stream()
                .map(key -> details ? details(key, then) : key.key().toString())
                .toList());
    Map<String, String> binaries = binaries(page.keys());
    if (!details && !binaries.isEmpty()) {
      answer.with("keys_base64", binaries);
    }
    return answer.with(
        "next_cursor", page.next().isPresent() ? String.valueOf(page.next().getAsLong()) : null);
  }

  /** The bytes of those that are no text, by their readable forms. */
  private static Map<String, String> binaries(List<KeyInfo> keys) {
    Map<String, String> binaries = new LinkedHashMap<>();
    for (KeyInfo info : keys) {
      if (!info.key().isText()) {
        binaries.put(info.key().toString(), KeyJson.base64(info.key()));
      }
    }
    return binaries;
  }

  private static Map<String, Object> details(KeyInfo key, Instant then) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("key", key.key().toString());
    if (!key.key().isText()) {
      fields.put("key_base64", KeyJson.base64(key.key()));
    }
    fields.put("ttl_seconds", Times.seconds(key.expiry().remaining(then)));
    fields.put("size_bytes", key.size());
    fields.put("last_access_seconds", key.idle(then).map(Duration::toSeconds).orElse(null));
    return fields;
  }

  private HttpAnswer diff(Request request) {
    if (request.flag(Request.ASYNC)) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER,
          "async is true, but a GET begins no job; send POST dumps/%s/diff/?async=true"
              .formatted(request.dump()));
    }
    return differing(request);
  }

  private HttpAnswer startDiff(Request request) {
    return request.flag(Request.ASYNC)
        ? jobs.started(reader.startDiff(request.dump(), limit(request)))
        : differing(request);
  }

  private HttpAnswer differing(Request request) {
    return HttpAnswer.ok()
        .withAll(DumpAnswers.differing(reader.diff(request.dump(), limit(request))));
  }

  private static int limit(Request request) {
    return request.limit(MAX_NAMED).orElse(USUALLY_NAMED);
  }
}
