package org.ocmcore.cache.adapter.http;

import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.KeyFilter;

/** The requests that change or fetch many keys. */
final class BulkRequests {
  static final String DRY_RUN = "dry_run";

  static final String MAX_KEYS = "max_keys";
  private static final String RATE = "rate";
  private static final String PLAN = "plan";
  private static final String JITTER = "jitter";
  static final long MAX_RATE = 1_000_000_000;

  /** The fields that limit a change, beside those that say which keys it is about. */
  static final Set<String> LIMITS = Set.of(DRY_RUN, MAX_KEYS, FindRequests.FRESH, RATE, PLAN);

  /** The fields that a plan stands for. */
  private static final Set<String> PLANNED = joined(
      KeyParameters.FILTERS,
      Set.of(RawRequest.PATTERN, KeyRequests.TIMEOUT, JITTER, MAX_KEYS, FindRequests.FRESH));

  private BulkRequests() {}

  private static Set<String> joined(Set<String> some, Set<String> others) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  /** A kind of change. */
  enum Verb {
    DELETE(HandlerType.DELETE, Set.of()),
    REFRESH(HandlerType.PUT, Set.of(KeyRequests.TIMEOUT, JITTER));

    private final HandlerType method;
    private final Set<String> fields;

    Verb(HandlerType method, Set<String> fields) {
      this.method = method;
      this.fields = fields;
    }

    /** The method of the request that does it to keys that match. */
    HandlerType method() {
      return method;
    }

    private BulkChange change(JsonBody body) {
      return this == DELETE
          ? BulkChange.DELETE
          : new BulkChange.Refresh(KeyRequests.timeout(body), body.share(JITTER));
    }

    private static Verb of(BulkChange change) {
      return change instanceof BulkChange.Refresh ? REFRESH : DELETE;
    }
  }

  /** Changes all keys that match. */
  record Matching(BulkRequest work, boolean dryRun, boolean isAsync) {
    static Set<String> fields(Verb verb) {
      return joined(
          joined(KeyParameters.FILTERS, LIMITS), joined(verb.fields, Set.of(RawRequest.PATTERN)));
    }

    /** The work that a request describes, or the plan that it names. */
    static Matching parse(RawRequest request, Verb verb) {
      JsonBody body = request.body();
      OptionalLong rate = body.number(RATE, 0, MAX_RATE);
      Optional<String> plan = body.text(PLAN);
      BulkRequest work =
          plan.isPresent() ? planned(plan.get(), request, verb) : described(request, verb);
      boolean dryRun = body.flag(DRY_RUN);
      return new Matching(
          rate.isPresent() ? work.at(rate.getAsLong()) : work,
          dryRun,
          !dryRun && request.isAsync());
    }

    private static BulkRequest planned(String plan, RawRequest request, Verb verb) {
      requireNothingElse(request);
      BulkRequest planned = request.cases().admin().planned(plan);
      Verb plannedVerb = Verb.of(planned.change());
      if (verb != plannedVerb) {
        throw new RequestRejected(
            Kind.INVALID_PARAMETER,
            "plan \"%s\" is to %s keys: send it with %s"
                .formatted(plan, planned.change().verb(), plannedVerb.method()));
      }
      return planned;
    }

    private static void requireNothingElse(RawRequest request) {
      for (String name : PLANNED) {
        if (request.body().names().contains(name)
            || name.equals(RawRequest.PATTERN) && request.query().text(name).isPresent()) {
          throw new RequestRejected(
              Kind.INVALID_PARAMETER,
              "%s cannot be given here: a plan stands for all of the request but its rate and dry_run"
                  .formatted(name));
        }
      }
    }

    private static BulkRequest described(RawRequest request, Verb verb) {
      JsonBody body = request.body();
      KeyFilter filter = filter(request);
      return new BulkRequest(verb.change(body), filter)
          .saying(KeyParameters.words(filter))
          .fresh(body.flag(FindRequests.FRESH))
          .atMost(body.number(MAX_KEYS, 0, Long.MAX_VALUE));
    }

    /** The keys that are meant; those of a filter that passes every key need a pattern as well. */
    private static KeyFilter filter(RawRequest request) {
      KeyFilter filter = request.keysInBody().filter(request.servers());
      boolean isEnough =
          !filter.passesEverything() && !request.body().names().contains(RawRequest.MATCH);
      return isEnough
          ? request.optionalPattern().map(filter::with).orElse(filter)
          : filter.with(request.pattern());
    }
  }

  /** Changes the keys that the request lists. */
  record Named(BulkChange change, List<CacheKey> keys, boolean dryRun) {
    static Set<String> fields(Verb verb) {
      return joined(joined(NamedKeys.FIELDS, verb.fields), Set.of(DRY_RUN));
    }

    static Named parse(RawRequest request, Verb verb) {
      JsonBody body = request.body();
      boolean dryRun = body.flag(DRY_RUN);
      return new Named(verb.change(body), NamedKeys.parse(body), dryRun);
    }
  }

  /** Asks for the values of the keys that it lists. @param memory takes what the values need */
  record Fetch(List<CacheKey> keys, ByteBudget.Share memory) {
    static final Set<String> FIELDS = NamedKeys.FIELDS;

    static Fetch parse(RawRequest request) {
      return new Fetch(NamedKeys.parse(request.body()), request.memory());
    }
  }

  /** Deletes the keys of an app. */
  record DeleteApp(AppName app, boolean isAsync) {
    static DeleteApp parse(RawRequest request) {
      return new DeleteApp(request.app(), request.isAsync());
    }
  }
}
