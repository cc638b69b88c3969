package org.ocmcore.cache.adapter.http;

import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.ocmcore.cache.adapter.http.Route.Permission;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.named.StoreReceipt;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.schedule.AutoDump;

/** The routes that change one key, all keys, dumps or auto-dump. */
final class ManagementRoutes {
  private static final Permission MANAGE = Permission.of(Operation.MANAGE);
  private static final Permission DUMP = Permission.of(Operation.DUMP);

  private final ValueJson values;
  private final JobAnswers jobs;

  ManagementRoutes(ValueJson values, JobAnswers jobs) {
    this.values = values;
    this.jobs = jobs;
  }

  List<Route<?>> routes() {
    return List.of(
        store("/key/{key}", KeyDescriptions::store),
        store("/key", KeyDescriptions::storeByBytes),
        refresh("/key/{key}", KeyDescriptions::refresh),
        refresh("/key", KeyDescriptions::refreshByBytes),
        delete("/key/{key}", KeyDescriptions::delete),
        delete("/key", KeyDescriptions::deleteByBytes),
        Route.management(
            HandlerType.DELETE,
            "",
            ChangeDescriptions::clear,
            MANAGE,
            ClearRequest.FIELDS,
            ClearRequest::parse,
            this::clear),
        Route.management(
            HandlerType.POST,
            "",
            DumpDescriptions::make,
            DUMP,
            Set.of(),
            DumpRequests.Make::parse,
            this::dump),
        Route.management(
            HandlerType.POST,
            "/restore",
            DumpDescriptions::restore,
            MANAGE,
            DumpRequests.Restore.FIELDS,
            DumpRequests.Restore::parse,
            this::restore),
        Route.management(
            HandlerType.POST,
            "/auto-dump",
            DumpDescriptions::startAutoDump,
            DUMP,
            AutoDumpRequests.FIELDS,
            AutoDumpRequests.Start::parse,
            this::startAutoDump),
        Route.management(
            HandlerType.PUT,
            "/auto-dump",
            DumpDescriptions::retimeAutoDump,
            DUMP,
            AutoDumpRequests.FIELDS,
            AutoDumpRequests.Retime::parse,
            this::retimeAutoDump),
        Route.management(
            HandlerType.DELETE,
            "/auto-dump",
            DumpDescriptions::stopAutoDump,
            DUMP,
            Set.of(),
            Route.Empty::parse,
            this::stopAutoDump),
        Route.management(
            HandlerType.DELETE,
            "/dumps/{name}",
            DumpDescriptions::delete,
            MANAGE,
            DumpRequests.Delete.FIELDS,
            DumpRequests.Delete::parse,
            this::deleteDump));
  }

  private Route<?> store(String path, Supplier<Description> description) {
    return Route.management(
        HandlerType.POST,
        path,
        description,
        MANAGE,
        KeyRequests.Store.FIELDS,
        raw -> KeyRequests.Store.parse(raw, values),
        this::store);
  }

  private HttpAnswer store(KeyRequests.Store request, CallerUseCases cases) {
    StoreReceipt stored = cases.admin().store(request.work(), request.memory()::take);
    return HttpAnswer.withStatus(
        stored.isNew() ? 201 : 200, KeyAnswers.Stored.of(request.work().key(), stored));
  }

  private Route<?> refresh(String path, Supplier<Description> description) {
    return Route.management(
        HandlerType.PUT,
        path,
        description,
        MANAGE,
        KeyRequests.Refresh.FIELDS,
        KeyRequests.Refresh::parse,
        this::refresh);
  }

  private HttpAnswer refresh(KeyRequests.Refresh request, CallerUseCases cases) {
    List<String> servers = cases.admin().refresh(request.key(), request.timeout());
    return HttpAnswer.ok(KeyAnswers.Refreshed.of(request.key(), request.timeout(), servers));
  }

  private Route<?> delete(String path, Supplier<Description> description) {
    return Route.management(
        HandlerType.DELETE,
        path,
        description,
        MANAGE,
        Set.of(),
        KeyRequests.Delete::parse,
        this::delete);
  }

  private HttpAnswer delete(KeyRequests.Delete request, CallerUseCases cases) {
    List<String> servers = cases.admin().delete(request.key(), request.precondition());
    return HttpAnswer.ok(KeyAnswers.Deleted.of(request.key(), servers));
  }

  private HttpAnswer clear(ClearRequest request, CallerUseCases cases) {
    cases.admin().clear(request.isConfirmed());
    return HttpAnswer.ok(new KeyAnswers.Cleared());
  }

  private HttpAnswer dump(DumpRequests.Make request, CallerUseCases cases) {
    return request.isAsync()
        ? jobs.started(cases.admin().startDump())
        : HttpAnswer.ok(jobs.dumped(cases.admin().dump()));
  }

  private HttpAnswer deleteDump(DumpRequests.Delete request, CallerUseCases cases) {
    cases.admin().deleteDump(request.name(), request.createdAt());
    return HttpAnswer.ok(new DumpAnswers.Deleted(request.name()));
  }

  private HttpAnswer restore(DumpRequests.Restore request, CallerUseCases cases) {
    if (request.isAsync()) {
      return jobs.started(cases.admin().startRestore(request.work()));
    }
    RestoreAccount report = cases.admin().restore(request.work());
    if (report.failure().isPresent()) {
      throw new RequestRejected(
          Problems.of(report.failure().get()).with(RestoreAnswer.Account.of(report)));
    }
    return HttpAnswer.ok(RestoreAnswer.of(report));
  }

  private HttpAnswer startAutoDump(AutoDumpRequests.Start request, CallerUseCases cases) {
    AutoDump.State state = request
        .interval()
        .map(cases.admin()::startAutoDump)
        .orElseGet(cases.admin()::startAutoDump);
    return autoDump(
        "Auto-dump started with %ds interval".formatted(state.interval().toSeconds()), state);
  }

  private HttpAnswer retimeAutoDump(AutoDumpRequests.Retime request, CallerUseCases cases) {
    AutoDump.State state = cases.admin().retimeAutoDump(request.interval());
    return autoDump(
        "Auto-dump interval set to %d seconds".formatted(state.interval().toSeconds()), state);
  }

  private HttpAnswer stopAutoDump(Route.Empty request, CallerUseCases cases) {
    return autoDump("Auto-dump stopped", cases.admin().stopAutoDump());
  }

  private static HttpAnswer autoDump(String message, AutoDump.State state) {
    return HttpAnswer.ok(new AutoDumpAnswer.Changed(message, AutoDumpAnswer.of(state)));
  }
}
