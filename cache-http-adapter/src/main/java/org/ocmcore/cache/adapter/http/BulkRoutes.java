package org.ocmcore.cache.adapter.http;

import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Set;
import org.ocmcore.cache.adapter.http.BulkRequests.Verb;
import org.ocmcore.cache.adapter.http.Route.Permission;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.bulk.BulkAccount;
import org.ocmcore.cache.domain.named.NamedValues;

/** The routes that change or fetch many keys. */
final class BulkRoutes {
  private static final Permission MANAGE = Permission.of(Operation.MANAGE);

  private final ValueJson values;
  private final JobAnswers jobs;

  BulkRoutes(ValueJson values, JobAnswers jobs) {
    this.values = values;
    this.jobs = jobs;
  }

  List<Route<?>> routes() {
    return List.of(
        changeMatching(Verb.DELETE),
        changeMatching(Verb.REFRESH),
        Route.asking(
            "/keys/get",
            ChangeDescriptions::fetchNamed,
            BulkRequests.Fetch.FIELDS,
            BulkRequests.Fetch::parse,
            this::fetchNamed),
        changeNamed("/keys/delete", Verb.DELETE),
        changeNamed("/keys/refresh", Verb.REFRESH),
        Route.management(
            HandlerType.DELETE,
            "/apps/{app}",
            ChangeDescriptions::deleteApp,
            MANAGE,
            Set.of(),
            BulkRequests.DeleteApp::parse,
            this::deleteApp));
  }

  private Route<?> changeMatching(Verb verb) {
    return Route.management(
        verb.method(),
        "/pattern/manage",
        () -> ChangeDescriptions.matching(verb),
        MANAGE,
        BulkRequests.Matching.fields(verb),
        raw -> BulkRequests.Matching.parse(raw, verb),
        this::changeMatching);
  }

  private HttpAnswer changeMatching(BulkRequests.Matching request, CallerUseCases cases) {
    if (request.dryRun()) {
      return HttpAnswer.ok(
          BulkPreviewAnswer.of(request.work(), cases.admin().preview(request.work())));
    }
    if (request.isAsync()) {
      return jobs.started(cases.admin().startChange(request.work()));
    }
    return done(cases.admin().change(request.work()));
  }

  private static HttpAnswer done(BulkAccount report) {
    return HttpAnswer.ok(BulkAnswer.of(requireDone(report)));
  }

  private HttpAnswer fetchNamed(BulkRequests.Fetch request, CallerUseCases cases) {
    ArrivingValues memory = values.arriving(request.memory());
    NamedValues named = cases.reader().values(request.keys(), memory);
    memory.settle();
    NamedValuesAnswer answer = NamedValuesAnswer.of(named, values.byKey(named.entries(), memory));
    if (!named.failures().isEmpty()) {
      throw new RequestRejected(Problems.of(named.failures().get(0)).with(answer));
    }
    return HttpAnswer.ok(answer);
  }

  private Route<?> changeNamed(String path, Verb verb) {
    return Route.management(
        HandlerType.POST,
        path,
        () -> ChangeDescriptions.named(verb),
        MANAGE,
        BulkRequests.Named.fields(verb),
        raw -> BulkRequests.Named.parse(raw, verb),
        this::changeNamed);
  }

  private HttpAnswer changeNamed(BulkRequests.Named request, CallerUseCases cases) {
    if (request.dryRun()) {
      return HttpAnswer.ok(BulkPreviewAnswer.Named.of(
          request, cases.admin().preview(request.change(), request.keys())));
    }
    return done(cases.admin().change(request.change(), request.keys()));
  }

  private HttpAnswer deleteApp(BulkRequests.DeleteApp request, CallerUseCases cases) {
    if (request.isAsync()) {
      return jobs.started(cases.admin().startDeleteApp(request.app()));
    }
    BulkAccount report = requireDone(cases.admin().deleteApp(request.app()));
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
