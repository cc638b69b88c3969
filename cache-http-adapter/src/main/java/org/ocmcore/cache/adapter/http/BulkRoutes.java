package org.ocmcore.cache.adapter.http;

import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.NamedValues;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkPreview;
import org.ocmcore.cache.domain.bulk.BulkReport;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.bulk.BulkShare;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.query.KeyFilter;

/**
 * Work on many keys, and how it is answered: they are changed in a development environment only.
 */
final class BulkRoutes {
  private static final long MAX_RATE = 1_000_000_000;
  private static final String PLAN = "plan";
  private static final String RATE = "rate";

  /** What says which keys are meant, beside the pattern. */
  private static final Set<String> FILTERS = Set.of(
      "prefix",
      "prefix_base64",
      "app",
      "min_size",
      "max_size",
      "ttl_below",
      "ttl_above",
      "no_ttl",
      "idle_above",
      "server");

  /** What a plan says already. */
  private static final Set<String> WORK =
      joined(FILTERS, Set.of("pattern", "timeout", "jitter", "max_keys", "dry_run"));

  private final CacheReader reader;
  private final CacheAdmin admin;
  private final Values values;
  private final JobAnswers jobs;

  BulkRoutes(CacheReader reader, CacheAdmin admin, Values values, JobAnswers jobs) {
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
    Set<String> deleting = joined(FILTERS, Set.of("pattern", "dry_run", "max_keys", RATE, PLAN));
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

  /** What is done, and in which words. */
  private enum Verb {
    DELETE("Deleted", "deleted"),
    REFRESH("Refreshed", "refreshed");

    private final String done;
    private final String past;

    Verb(String done, String past) {
      this.done = done;
      this.past = past;
    }

    BulkChange read(Request request) {
      return this == DELETE
          ? BulkChange.DELETE
          : new BulkChange.Refresh(request.timeout(), request.share("jitter"));
    }

    boolean isOf(BulkChange change) {
      return change instanceof BulkChange.Refresh == (this == REFRESH);
    }
  }

  private Answer change(Request request, Verb verb) {
    BulkRequest work = work(request, verb);
    if (request.flagInBody("dry_run")) {
      return preview(work, verb);
    }
    if (request.flag(ManagementRoutes.ASYNC)) {
      return jobs.started(admin.startChange(work));
    }
    BulkReport report = requireDone(admin.change(work));
    return describe(
            Answer.ok()
                .with(
                    "message",
                    "%s %d keys%s"
                        .formatted(verb.done, report.sum(BulkShare::done), matching(work)))
                .with(verb.past + "_count", report.sum(BulkShare::done)),
            work)
        .withAll(BulkAnswers.account(report));
  }

  private static String matching(BulkRequest work) {
    return work.filter()
        .pattern()
        .map(pattern -> " matching pattern '" + pattern + "'")
        .orElse("");
  }

  private static Answer describe(Answer answer, BulkRequest work) {
    work.filter().pattern().ifPresent(pattern -> answer.with("pattern", pattern.toString()));
    if (work.change() instanceof BulkChange.Refresh refresh) {
      answer.with("timeout", seconds(refresh.lifetime())).with("jitter", refresh.jitter());
    }
    return answer;
  }

  private Answer preview(BulkRequest work, Verb verb) {
    BulkPreview preview = admin.preview(work);
    return describe(
            Answer.ok()
                .with(
                    "message",
                    "%d keys would be %s".formatted(preview.summary().copies(), verb.past))
                .with("dry_run", true),
            work)
        .withAll(BulkAnswers.preview(preview));
  }

  /** What the request says, or the plan that it names. */
  private BulkRequest work(Request request, Verb verb) {
    OptionalLong rate = request.integer(RATE, 0, MAX_RATE);
    Optional<String> plan = request.text(PLAN);
    BulkRequest work = plan.isPresent() ? planned(plan.get(), request, verb) : read(request, verb);
    return rate.isPresent() ? work.at(rate.getAsLong()) : work;
  }

  private BulkRequest planned(String plan, Request request, Verb verb) {
    request.requireWithout(WORK, "the plan says it already");
    BulkRequest planned = admin.planned(plan);
    if (!verb.isOf(planned.change())) {
      throw new Refusal(
          Kind.INVALID_PARAMETER,
          "plan \"%s\" is to %s keys".formatted(plan, planned.change().verb()));
    }
    return planned;
  }

  private BulkRequest read(Request request, Verb verb) {
    // Without a pattern nobody can mean every key by mistake.
    KeyFilter filter = request.keysInBody().filter(reader.servers()).with(request.pattern());
    return new BulkRequest(verb.read(request), filter)
        .atMost(request.integer("max_keys", 0, Long.MAX_VALUE));
  }

  private Answer getNamed(Request request) {
    NamedValues named = reader.values(request.namedKeys());
    Answer answer = values
        .withAll(Answer.ok(), "values", named.entries())
        .with("count", named.entries().size())
        .with("missing", named.absent().stream().map(BulkAnswers::named).toList())
        .with("truncated", !named.unread().isEmpty());
    return named.unread().isEmpty()
        ? answer
        : answer.with(
            "not_read", named.unread().stream().map(BulkAnswers::named).toList());
  }

  private Answer changeNamed(Request request, Verb verb) {
    BulkReport report = requireDone(admin.change(verb.read(request), request.namedKeys()));
    Answer answer = Answer.ok()
        .with("message", "%s %d keys".formatted(verb.done, report.sum(BulkShare::done)))
        .with(verb.past + "_count", report.sum(BulkShare::done));
    return answer.withAll(BulkAnswers.account(report));
  }

  private Answer deleteApp(Request request) {
    AppName app = request.app();
    BulkReport report = requireDone(admin.deleteApp(app));
    return Answer.ok()
        .with("message", "App '%s' cleared".formatted(app))
        .with("app_name", app.name())
        .with("deleted_count", report.sum(BulkShare::done))
        .with("total_keys", report.sum(BulkShare::matched))
        .withAll(BulkAnswers.account(report));
  }

  private static BulkReport requireDone(BulkReport report) {
    if (report.failure().isPresent()) {
      Map<String, Object> account = BulkAnswers.account(report);
      throw new Refusal(Problems.of(report.failure().get()).with(account));
    }
    return report;
  }

  private static Long seconds(Lifetime lifetime) {
    return lifetime.isForever() ? null : lifetime.seconds();
  }
}
