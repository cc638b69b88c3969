package org.ocmcore.cache.adapter.http;

import java.util.List;
import java.util.Set;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.dump.DumpPage;

/** The routes that read dumps. */
final class DumpRoutes {
  private final JobAnswers jobs;

  DumpRoutes(JobAnswers jobs) {
    this.jobs = jobs;
  }

  List<Route<?>> routes() {
    return List.of(
        Route.reading("/dumps", DumpDescriptions::list, Route.Empty::parse, this::list),
        Route.reading(
            "/dumps/{name}", DumpDescriptions::describe, DumpRequests.One::parse, this::describe),
        Route.reading(
            "/dumps/{name}/keys", DumpDescriptions::keys, DumpRequests.Keys::parse, this::keys),
        Route.reading(
            "/dumps/{name}/diff",
            DumpDescriptions::diff,
            DumpRequests.Diff::parseWaiting,
            this::diff),
        Route.asking(
            "/dumps/{name}/diff",
            DumpDescriptions::startDiff,
            Set.of(),
            DumpRequests.Diff::parse,
            this::diff));
  }

  private HttpAnswer list(Route.Empty request, CallerUseCases cases) {
    return HttpAnswer.ok(DumpAnswers.Listed.of(cases.reader().dumps()));
  }

  private HttpAnswer describe(DumpRequests.One request, CallerUseCases cases) {
    return HttpAnswer.ok(DumpAnswers.Described.of(cases.reader().dump(request.name())));
  }

  private HttpAnswer keys(DumpRequests.Keys request, CallerUseCases cases) {
    DumpPage page = cases
        .reader()
        .dumpKeys(request.name(), request.filter(), request.cursor(), request.limit());
    return HttpAnswer.ok(DumpAnswers.Keys.of(page, request.details()));
  }

  private HttpAnswer diff(DumpRequests.Diff request, CallerUseCases cases) {
    return request.isAsync()
        ? jobs.started(cases.reader().startDiff(request.name(), request.limit()))
        : HttpAnswer.ok(DumpAnswers.Diff.of(cases.reader().diff(request.name(), request.limit())));
  }
}
