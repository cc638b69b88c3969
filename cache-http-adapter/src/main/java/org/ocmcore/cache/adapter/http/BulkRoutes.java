package org.ocmcore.cache.adapter.http;

import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.bulk.BulkAccount;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.NamedValues;

/**
 * Work on many keys, and how it is answered: they are changed in a development environment only.
 */
final class BulkRoutes {
  private static final long MAX_RATE = 1_000_000_000;
  private static final String PLAN = "plan";
  private static final String RATE = "rate";

  /** What a plan stands for. */
  private static final Set<String> WORK = joined(
      KeyParameters.FILTERS,
      Set.of("pattern", "timeout", "jitter", "max_keys", "dry_run", "fresh"));

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

  private static Set<String> joined(Set<String> some, Set<String> others) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  List<Route> routes() {
    Set<String> deleting = joined(
        KeyParameters.FILTERS, Set.of("pattern", "dry_run", "max_keys", "fresh", RATE, PLAN));
    return List.of(
        Route.management(
            HandlerType.DELETE,
            "/pattern/manage",
            deleting,
            request -> change(request, Verb.DELETE)),
        Route.management(
            HandlerType.PUT,
            "/pattern/manage",
            joined(deleting, Set.of("timeout", "jitter")),
            request -> change(request, Verb.REFRESH)),
        Route.asking("/keys/get", Set.of("keys", "keys_base64"), this::getNamed),
        Route.management(
            HandlerType.POST,
            "/keys/delete",
            Set.of("keys", "keys_base64"),
            request -> changeNamed(request, Verb.DELETE)),
        Route.management(
            HandlerType.POST,
            "/keys/refresh",
            Set.of("keys", "keys_base64", "timeout", "jitter"),
            request -> changeNamed(request, Verb.REFRESH)),
        Route.management(HandlerType.DELETE, "/apps/{app}", Set.of(), this::deleteApp));
  }

  /** What is asked for. */
  private enum Verb {
    DELETE,
    REFRESH;

    BulkChange read(Request request) {
      return this == DELETE
          ? BulkChange.DELETE
          : new BulkChange.Refresh(request.timeout(), request.share("jitter"));
    }

    boolean isOf(BulkChange change) {
      return change instanceof BulkChange.Refresh == (this == REFRESH);
    }
  }

  private HttpAnswer change(Request request, Verb verb) {
    BulkRequest work = work(request, verb);
    if (request.flagInBody("dry_run")) {
      return HttpAnswer.ok(BulkPreviewAnswer.of(work, admin.preview(work)));
    }
    if (request.flag(Request.ASYNC)) {
      return jobs.started(admin.startChange(work));
    }
    return done(admin.change(work));
  }

  private static HttpAnswer done(BulkAccount report) {
    return HttpAnswer.ok(BulkAnswer.of(requireDone(report)));
  }

  /** What the request says, or the plan that it names. */
  private BulkRequest work(Request request, Verb verb) {
    OptionalLong rate = request.integer(RATE, 0, MAX_RATE);
    Optional<String> plan = request.text(PLAN);
    BulkRequest work = plan.isPresent() ? planned(plan.get(), request, verb) : read(request, verb);
    return rate.isPresent() ? work.at(rate.getAsLong()) : work;
  }

  private BulkRequest planned(String plan, Request request, Verb verb) {
    request.requireWithout(WORK, "a plan stands for all of the request but its rate");
    BulkRequest planned = admin.planned(plan);
    if (!verb.isOf(planned.change())) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER,
          "plan \"%s\" is to %s keys: send it with %s"
              .formatted(
                  plan,
                  planned.change().verb(),
                  verb == Verb.DELETE ? HandlerType.PUT : HandlerType.DELETE));
    }
    return planned;
  }

  private BulkRequest read(Request request, Verb verb) {
    // Without a pattern nobody can mean every key by mistake.
    KeyFilter filter = request.keysInBody().filter(reader.servers()).with(request.pattern());
    return new BulkRequest(verb.read(request), filter)
        .fresh(request.flagInBody("fresh"))
        .atMost(request.integer("max_keys", 0, Long.MAX_VALUE));
  }

  private HttpAnswer getNamed(Request request) {
    List<CacheKey> keys = request.namedKeys();
    request.memory().take(ValueJson.memory(reader.sizeOf(keys)));
    NamedValues named = reader.values(keys);
    NamedValuesAnswer answer = NamedValuesAnswer.of(named, values.byKey(named.entries()));
    if (!named.failures().isEmpty()) {
      throw new RequestRejected(Problems.of(named.failures().get(0)).with(answer));
    }
    return HttpAnswer.ok(answer);
  }

  private HttpAnswer changeNamed(Request request, Verb verb) {
    return done(admin.change(verb.read(request), request.namedKeys()));
  }

  private HttpAnswer deleteApp(Request request) {
    AppName app = request.app();
    if (request.flag(Request.ASYNC)) {
      return jobs.started(admin.startDeleteApp(app));
    }
    BulkAccount report = requireDone(admin.deleteApp(app));
    return HttpAnswer.ok(BulkAnswer.AppDeleted.of(app, report));
  }

  private static BulkAccount requireDone(BulkAccount report) {
    if (report.failure().isPresent()) {
      throw new RequestRejected(
          Problems.of(report.failure().get()).with(BulkAnswer.Account.of(report)));
    }
    return report;
  }
}
