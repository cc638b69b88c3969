package org.ocmcore.cache.adapter.http;

import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Set;
import org.ocmcore.cache.adapter.http.BulkRequests.Verb;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.bulk.BulkAccount;
import org.ocmcore.cache.domain.named.NamedValues;

/** The routes that change or fetch many keys. */
final class BulkRoutes {
  private final CacheReader reader;
  private final CacheAdmin admin;
  private final ValueJson values;
  private final JobAnswers jobs;

  BulkRoutes(CacheReader reader, CacheAdmin admin, ValueJson values, JobAnswers jobs) {
    this.reader = reader;
    this.admin = admin;
    this.values = values;
    this.jobs = jobs;
  }

  List<Route<?>> routes() {
    return List.of(
        changeMatching(Verb.DELETE),
        changeMatching(Verb.REFRESH),
        Route.asking(
            "/keys/get", BulkRequests.Fetch.FIELDS, BulkRequests.Fetch::parse, this::fetchNamed),
        changeNamed("/keys/delete", Verb.DELETE),
        changeNamed("/keys/refresh", Verb.REFRESH),
        Route.management(
            HandlerType.DELETE,
            "/apps/{app}",
            Set.of(),
            BulkRequests.DeleteApp::parse,
            this::deleteApp));
  }

  private Route<?> changeMatching(Verb verb) {
    return Route.management(
        verb.method(),
        "/pattern/manage",
        BulkRequests.Matching.fields(verb),
        raw -> BulkRequests.Matching.parse(raw, verb, admin::planned, reader.servers()),
        this::changeMatching);
  }

  private HttpAnswer changeMatching(BulkRequests.Matching request) {
    if (request.dryRun()) {
      return HttpAnswer.ok(BulkPreviewAnswer.of(request.work(), admin.preview(request.work())));
    }
    if (request.isAsync()) {
      return jobs.started(admin.startChange(request.work()));
    }
    return done(admin.change(request.work()));
  }

  private static HttpAnswer done(BulkAccount report) {
    return HttpAnswer.ok(BulkAnswer.of(requireDone(report)));
  }

  private HttpAnswer fetchNamed(BulkRequests.Fetch request) {
    long largest = request.keys().stream()
        .mapToLong(key -> reader.sizeOf(List.of(key)))
        .max()
        .orElse(0);
    request.memory().take(ValueJson.memory(reader.sizeOf(request.keys()), largest));
    NamedValues named = reader.values(request.keys());
    NamedValuesAnswer answer = NamedValuesAnswer.of(named, values.byKey(named.entries()));
    if (!named.failures().isEmpty()) {
      throw new RequestRejected(Problems.of(named.failures().get(0)).with(answer));
    }
    return HttpAnswer.ok(answer);
  }

  private Route<?> changeNamed(String path, Verb verb) {
    return Route.management(
        HandlerType.POST,
        path,
        BulkRequests.Named.fields(verb),
        raw -> BulkRequests.Named.parse(raw, verb),
        this::changeNamed);
  }

  private HttpAnswer changeNamed(BulkRequests.Named request) {
    return done(admin.change(request.change(), request.keys()));
  }

  private HttpAnswer deleteApp(BulkRequests.DeleteApp request) {
    if (request.isAsync()) {
      return jobs.started(admin.startDeleteApp(request.app()));
    }
    BulkAccount report = requireDone(admin.deleteApp(request.app()));
    return HttpAnswer.ok(BulkAnswer.AppDeleted.of(request.app(), report));
  }

  private static BulkAccount requireDone(BulkAccount report) {
    if (report.failure().isPresent()) {
      throw new RequestRejected(
          Problems.of(report.failure().get()).with(BulkAnswer.Account.of(report)));
    }
    return report;
  }
}
