package org.ocmcore.cache.adapter.http;

import java.util.List;
import java.util.Set;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.dump.DumpPage;
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
    return HttpAnswer.ok(DumpAnswers.Listed.of(reader.dumps()));
  }

  private HttpAnswer describe(Request request) {
    return HttpAnswer.ok(DumpAnswers.Described.of(reader.dump(request.dump())));
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
    return HttpAnswer.ok(DumpAnswers.Keys.of(page, details));
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
    return HttpAnswer.ok(DumpAnswers.Diff.of(reader.diff(request.dump(), limit(request))));
  }

  private static int limit(Request request) {
    return request.limit(MAX_NAMED).orElse(USUALLY_NAMED);
  }
}
