package org.ocmcore.cache.adapter.http;

import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Set;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.named.StoreReceipt;
import org.ocmcore.cache.domain.schedule.AutoDump;

/** The routes that change one key, all keys, dumps or auto-dump. */
final class ManagementRoutes {
  private final CacheAdmin admin;
  private final ValueJson values;
  private final JobAnswers jobs;

  ManagementRoutes(CacheAdmin admin, ValueJson values, JobAnswers jobs) {
    this.admin = admin;
    this.values = values;
    this.jobs = jobs;
  }

  List<Route<?>> routes() {
    return List.of(
        store("/key/{key}"),
        store("/key"),
        refresh("/key/{key}"),
        refresh("/key"),
        delete("/key/{key}"),
        delete("/key"),
        Route.management(
            HandlerType.DELETE, "", ClearRequest.FIELDS, ClearRequest::parse, this::clear),
        Route.management(HandlerType.POST, "", Set.of(), DumpRequests.Make::parse, this::dump),
        Route.management(
            HandlerType.POST,
            "/restore",
            DumpRequests.Restore.FIELDS,
            DumpRequests.Restore::parse,
            this::restore),
        Route.management(
            HandlerType.POST,
            "/auto-dump",
            AutoDumpRequests.FIELDS,
            AutoDumpRequests.Start::parse,
            this::startAutoDump),
        Route.management(
            HandlerType.PUT,
            "/auto-dump",
            AutoDumpRequests.FIELDS,
            AutoDumpRequests.Retime::parse,
            this::retimeAutoDump),
        Route.management(
            HandlerType.DELETE, "/auto-dump", Set.of(), Route.Empty::parse, this::stopAutoDump),
        Route.management(
            HandlerType.DELETE,
            "/dumps/{name}",
            Set.of(),
            DumpRequests.One::parse,
            this::deleteDump));
  }

  private Route<?> store(String path) {
    return Route.management(
        HandlerType.POST,
        path,
        KeyRequests.Store.FIELDS,
        raw -> KeyRequests.Store.parse(raw, values),
        this::store);
  }

  private HttpAnswer store(KeyRequests.Store request) {
    StoreReceipt stored = admin.store(request.work());
    return HttpAnswer.withStatus(
        stored.isNew() ? 201 : 200, KeyAnswers.Stored.of(request.work().key(), stored));
  }

  private Route<?> refresh(String path) {
    return Route.management(
        HandlerType.PUT,
        path,
        KeyRequests.Refresh.FIELDS,
        KeyRequests.Refresh::parse,
        this::refresh);
  }

  private HttpAnswer refresh(KeyRequests.Refresh request) {
    List<String> servers = admin.refresh(request.key(), request.timeout());
    return HttpAnswer.ok(KeyAnswers.Refreshed.of(request.key(), request.timeout(), servers));
  }

  private Route<?> delete(String path) {
    return Route.management(
        HandlerType.DELETE, path, Set.of(), KeyRequests.Delete::parse, this::delete);
  }

  private HttpAnswer delete(KeyRequests.Delete request) {
    List<String> servers = admin.delete(request.key());
    return HttpAnswer.ok(KeyAnswers.Deleted.of(request.key(), servers));
  }

  private HttpAnswer clear(ClearRequest request) {
    admin.clear(request.isConfirmed());
    return HttpAnswer.ok(new KeyAnswers.Cleared());
  }

  private HttpAnswer dump(DumpRequests.Make request) {
    return request.isAsync()
        ? jobs.started(admin.startDump())
        : HttpAnswer.ok(jobs.dumped(admin.dump()));
  }

  private HttpAnswer deleteDump(DumpRequests.One request) {
    admin.deleteDump(request.name());
    return HttpAnswer.ok(new DumpAnswers.Deleted(request.name()));
  }

  private HttpAnswer restore(DumpRequests.Restore request) {
    return request.isAsync()
        ? jobs.started(admin.startRestore(request.work()))
        : HttpAnswer.ok(RestoreAnswer.of(request.work(), admin.restore(request.work())));
  }

  private HttpAnswer startAutoDump(AutoDumpRequests.Start request) {
    AutoDump.State state =
        request.interval().map(admin::startAutoDump).orElseGet(admin::startAutoDump);
    return autoDump(
        "Auto-dump started with %ds interval".formatted(state.interval().toSeconds()), state);
  }

  private HttpAnswer retimeAutoDump(AutoDumpRequests.Retime request) {
    AutoDump.State state = admin.retimeAutoDump(request.interval());
    return autoDump(
        "Auto-dump interval set to %d seconds".formatted(state.interval().toSeconds()), state);
  }

  private HttpAnswer stopAutoDump(Route.Empty request) {
    return autoDump("Auto-dump stopped", admin.stopAutoDump());
  }

  private static HttpAnswer autoDump(String message, AutoDump.State state) {
    return HttpAnswer.ok(new AutoDumpAnswer.Changed(message, AutoDumpAnswer.of(state)));
  }
}
