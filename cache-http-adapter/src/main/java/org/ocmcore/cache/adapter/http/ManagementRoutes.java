package org.ocmcore.cache.adapter.http;

import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.dump.DumpPolicy;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.schedule.AutoDump;

/** What may be changed in a development environment, and how it is answered. */
final class ManagementRoutes {
  private static final Set<String> RESTORE_FIELDS = restoreFields();

  private final CacheAdmin admin;
  private final ValueJson values;
  private final JobAnswers jobs;

  ManagementRoutes(CacheAdmin admin, ValueJson values, JobAnswers jobs) {
    this.admin = admin;
    this.values = values;
    this.jobs = jobs;
  }

  private static Set<String> restoreFields() {
    Set<String> fields = new HashSet<>(KeyParameters.FILTERS);
    // Where an entry goes the ring decides.
    fields.remove("server");
    fields.addAll(List.of("name", "mode", "pattern", "ttl", "salvage", "dry_run"));
    return Set.copyOf(fields);
  }

  List<Route> routes() {
    return List.of(
        Route.management(HandlerType.POST, "/key/{key}", Set.of("value", "timeout"), this::store),
        Route.management(HandlerType.POST, "/key", Set.of("value", "timeout"), this::store),
        Route.management(HandlerType.PUT, "/key/{key}", Set.of("timeout"), this::refresh),
        Route.management(HandlerType.PUT, "/key", Set.of("timeout"), this::refresh),
        Route.management(HandlerType.DELETE, "/key/{key}", Set.of(), this::delete),
        Route.management(HandlerType.DELETE, "/key", Set.of(), this::delete),
        Route.management(HandlerType.DELETE, "", Set.of(), this::clear),
        Route.management(HandlerType.POST, "", Set.of(), this::dump),
        Route.management(HandlerType.POST, "/restore", RESTORE_FIELDS, this::restore),
        Route.management(
            HandlerType.POST, "/auto-dump", Set.of("interval_seconds"), this::startAutoDump),
        Route.management(
            HandlerType.PUT, "/auto-dump", Set.of("interval_seconds"), this::retimeAutoDump),
        Route.management(HandlerType.DELETE, "/auto-dump", Set.of(), this::stopAutoDump),
        Route.management(HandlerType.DELETE, "/dumps/{name}", Set.of(), this::deleteDump));
  }

  private HttpAnswer store(Request request) {
    CacheKey key = request.key();
    CacheValue value = value(request);
    Lifetime timeout = request.timeout();
    boolean isNew = admin.store(key, value, timeout);
    return HttpAnswer.withStatus(
        isNew ? 201 : 200, KeyAnswers.Stored.of(key, isNew ? "created" : "replaced", timeout));
  }

  private CacheValue value(Request request) {
    try {
      return values.toStore(request.required("value"));
    } catch (IllegalArgumentException e) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER, "value cannot be stored: " + e.getMessage());
    }
  }

  private HttpAnswer refresh(Request request) {
    CacheKey key = request.key();
    Lifetime timeout = request.timeout();
    admin.refresh(key, timeout);
    return HttpAnswer.ok(KeyAnswers.Stored.of(key, "refreshed", timeout));
  }

  private HttpAnswer delete(Request request) {
    CacheKey key = request.key();
    admin.delete(key);
    return HttpAnswer.ok(KeyAnswers.Deleted.of(key));
  }

  private HttpAnswer clear(Request request) {
    admin.clear();
    return HttpAnswer.ok(new KeyAnswers.Cleared());
  }

  private HttpAnswer dump(Request request) {
    return request.flag(Request.ASYNC)
        ? jobs.started(admin.startDump())
        : HttpAnswer.ok(jobs.dumped(admin.dump()));
  }

  private HttpAnswer deleteDump(Request request) {
    String name = request.dump();
    admin.deleteDump(name);
    return HttpAnswer.ok(new DumpAnswers.Deleted(name));
  }

  private HttpAnswer restore(Request request) {
    RestoreRequest restore = new RestoreRequest(
        request.text("name"),
        mode(request.text("mode").orElse("add")),
        restored(request),
        request.restoredLifetime(),
        false,
        request.flagInBody("salvage"),
        request.flagInBody("dry_run"));
    return request.flag(Request.ASYNC)
        ? jobs.started(admin.startRestore(restore))
        : HttpAnswer.ok(RestoreAnswer.of(restore, admin.restore(restore)));
  }

  /** Where an entry was does not matter: it goes where it belongs now. */
  private static KeyFilter restored(Request request) {
    KeyFilter filter = request.keysInBody().filter(List.of());
    return request.optionalPattern().map(filter::with).orElse(filter);
  }

  private static RestoreRequest.Mode mode(String name) {
    return switch (name) {
      case "add" -> RestoreRequest.Mode.ADD;
      case "replace" -> RestoreRequest.Mode.REPLACE;
      default ->
        throw new RequestRejected(
            Kind.INVALID_PARAMETER, "mode is \"%s\", it must be add or replace".formatted(name));
    };
  }

  private HttpAnswer startAutoDump(Request request) {
    OptionalLong interval = interval(request);
    AutoDump.State state = interval.isPresent()
        ? admin.startAutoDump(Duration.ofSeconds(interval.getAsLong()))
        : admin.startAutoDump();
    return autoDump(
        "Auto-dump started with %ds interval".formatted(state.interval().toSeconds()), state);
  }

  private HttpAnswer retimeAutoDump(Request request) {
    request.required("interval_seconds");
    AutoDump.State state =
        admin.retimeAutoDump(Duration.ofSeconds(interval(request).orElseThrow()));
    return autoDump(
        "Auto-dump interval set to %d seconds".formatted(state.interval().toSeconds()), state);
  }

  private static OptionalLong interval(Request request) {
    return request.integer("interval_seconds", 1, DumpPolicy.MAX_INTERVAL.toSeconds());
  }

  private HttpAnswer stopAutoDump(Request request) {
    return autoDump("Auto-dump stopped", admin.stopAutoDump());
  }

  private static HttpAnswer autoDump(String message, AutoDump.State state) {
    return HttpAnswer.ok(new AutoDumpAnswer.Changed(message, AutoDumpAnswer.of(state)));
  }
}
