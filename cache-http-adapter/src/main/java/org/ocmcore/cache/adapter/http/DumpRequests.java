package org.ocmcore.cache.adapter.http;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.restore.RestoredLifetime;
import tools.jackson.databind.JsonNode;

/** The requests about dumps. */
final class DumpRequests {
  static final int MAX_KEYS = 10_000;
  static final int DEFAULT_KEYS = 1_000;
  static final int MAX_DIFFERENCES = 1_000;
  static final int DEFAULT_DIFFERENCES = 20;

  /** The time of the dump that is meant, in case that its name is that of another by now. */
  static final String CREATED_AT = "created_at";

  private DumpRequests() {}

  /** Makes a dump. */
  record Make(boolean isAsync) {
    static Make parse(RawRequest request) {
      return new Make(request.isAsync());
    }
  }

  /** Names a dump. */
  record One(String name) {
    static One parse(RawRequest request) {
      return new One(request.dump());
    }
  }

  /** Removes a dump. @param createdAt its time; empty for any */
  record Delete(String name, Optional<Instant> createdAt) {
    static final Set<String> FIELDS = Set.of(CREATED_AT);

    static Delete parse(RawRequest request) {
      return new Delete(request.dump(), timeIn(request));
    }
  }

  private static Optional<Instant> timeIn(RawRequest request) {
    return request.body().text(CREATED_AT).map(text -> Times.instant(CREATED_AT, text));
  }

  /** Asks for keys in a dump. @param cursor where the page begins */
  record Keys(String name, KeyFilter filter, boolean details, long cursor, int limit) {
    static Keys parse(RawRequest request) {
      KeyFilter filter = dumped(request.keys(), request);
      boolean details = request.query().flag(FindRequests.DETAILS);
      return new Keys(
          request.dump(),
          filter,
          details,
          request.query().number(KeyParameters.CURSOR, 0, Long.MAX_VALUE).orElse(0),
          request.limit(MAX_KEYS).orElse(DEFAULT_KEYS));
    }
  }

  /** The entries of a dump that are meant, wherever they were. */
  private static KeyFilter dumped(KeyParameters keys, RawRequest request) {
    KeyFilter filter = keys.filter(List.of());
    return request.optionalPattern().map(filter::with).orElse(filter);
  }

  /** Asks how a dump differs. @param limit how many keys of each sort are named */
  record Diff(String name, int limit, boolean isAsync) {
    /** The one that a client waits for. */
    static Diff parseWaiting(RawRequest request) {
      if (request.isAsync()) {
        throw new RequestRejected(
            Kind.INVALID_PARAMETER,
            "async is true, but a GET begins no job; send POST dumps/%s/diff/?async=true"
                .formatted(request.dump()));
      }
      return of(request, false);
    }

    static Diff parse(RawRequest request) {
      return of(request, request.isAsync());
    }

    private static Diff of(RawRequest request, boolean isAsync) {
      return new Diff(
          request.dump(), request.limit(MAX_DIFFERENCES).orElse(DEFAULT_DIFFERENCES), isAsync);
    }
  }

  /** Restores a dump. */
  record Restore(RestoreRequest work, boolean isAsync) {
    private static final String NAME = "name";
    private static final String MODE = "mode";
    private static final String TTL = "ttl";
    private static final String PLACEMENT = "placement";
    private static final String COLD_ONLY = "cold_only";
    private static final String SALVAGE = "salvage";

    static final Set<String> FIELDS = fields();

    private static Set<String> fields() {
      Set<String> fields = new HashSet<>(KeyParameters.FILTERS);
      // The placement decides where an entry goes.
      fields.remove(KeyParameters.SERVER);
      // A dump does not say it.
      fields.remove(KeyParameters.NEVER_FETCHED);
      fields.addAll(List.of(
          NAME,
          CREATED_AT,
          MODE,
          RawRequest.PATTERN,
          TTL,
          PLACEMENT,
          COLD_ONLY,
          SALVAGE,
          BulkRequests.DRY_RUN,
          BulkRequests.MAX_KEYS));
      return Set.copyOf(fields);
    }

    static Restore parse(RawRequest request) {
      JsonBody body = request.body();
      RestoreRequest work = new RestoreRequest(
          body.text(NAME),
          timeIn(request),
          mode(body.text(MODE).orElse("add")),
          dumped(request.keysInBody(), request),
          lifetime(body),
          placement(body.text(PLACEMENT).orElse("origin")),
          body.flag(COLD_ONLY),
          body.flag(SALVAGE),
          body.flag(BulkRequests.DRY_RUN),
          body.number(BulkRequests.MAX_KEYS, 0, Long.MAX_VALUE));
      return new Restore(work, request.isAsync());
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

    private static RestoreRequest.Placement placement(String name) {
      return switch (name) {
        case "origin" -> RestoreRequest.Placement.ORIGIN;
        case "ring" -> RestoreRequest.Placement.RING;
        default ->
          throw new RequestRejected(
              Kind.INVALID_PARAMETER,
              "placement is \"%s\", it must be origin or ring".formatted(name));
      };
    }

    private static RestoredLifetime lifetime(JsonBody body) {
      Optional<JsonNode> given = body.field(TTL);
      if (given.isEmpty()) {
        return RestoredLifetime.REMAINING;
      }
      JsonNode ttl = given.get();
      if (ttl.isNull()) {
        return RestoredLifetime.fixed(Lifetime.FOREVER);
      }
      if (ttl.isString() && ttl.stringValue().equals("keep")) {
        return RestoredLifetime.REMAINING;
      }
      if (ttl.isString() && ttl.stringValue().equals("shift")) {
        return RestoredLifetime.SHIFTED;
      }
      if (!ttl.isNumber()) {
        throw new RequestRejected(
            Kind.INVALID_PARAMETER,
            "ttl is %s, it must be \"keep\", \"shift\", a whole number of seconds, or null for never"
                .formatted(ttl));
      }
      return RestoredLifetime.fixed(
          Lifetime.ofSeconds(body.number(TTL, 1, Lifetime.MAX.toSeconds()).orElseThrow()));
    }
  }
}
