package org.ocmcore.cache.adapter.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.access.Role;
import org.ocmcore.cache.domain.dump.DumpPolicy;

/** What the document says of the endpoints about dumps. */
final class DumpDescriptions {
  private static final String GROUP = "dumps";
  private static final String AUTO = "automatic dumps";
  private static final String BEGUN = "with `async=true` the job that has begun";
  private static final ApiField INTERVAL = ApiField.number(
      "interval_seconds",
      1,
      DumpPolicy.MAX_INTERVAL.toSeconds(),
      "the time between automatic dumps in seconds");

  private DumpDescriptions() {}

  private static Description viewing(String id, String summary) {
    return Description.of(id, GROUP, Role.VIEWER, summary);
  }

  static Description list() {
    return viewing("listDumps", "All dumps, newest first")
        .saying(
            "Each is checked first: `valid` says that it is intact, `complete` that no server is missing, `current` that it is the newest good one.")
        .answers(200, "the dumps", DumpAnswers.Listed.class);
  }

  static Description describe() {
    return viewing("getDump", "One dump and what it holds of each server")
        .saying(
            "`damages` are the places that are not intact, from a byte to a byte, with the reason.")
        .in(ApiFields.DUMP)
        .answers(200, "the dump", DumpAnswers.Described.class);
  }

  static Description keys() {
    return viewing("listKeysOfDump", "The keys of a dump in the order of the file")
        .saying("Details and filters are as of the time of the dump.")
        .in(ApiFields.DUMP)
        .query(ApiFields.PATTERN, ApiFields.MATCH)
        .query(ApiFields.filtersOfDump())
        .query(
            ApiFields.DETAILS,
            ApiField.number(
                    KeyParameters.CURSOR,
                    0,
                    QueryString.MOST,
                    "the `next_cursor` of the page before")
                .byDefault(0),
            ApiFields.limit(DumpRequests.MAX_KEYS, "the most keys")
                .byDefault(DumpRequests.DEFAULT_KEYS))
        .refusing(Set.of(KeyParameters.SERVER, KeyParameters.NEVER_FETCHED))
        .answers(200, "the keys", DumpAnswers.Keys.class)
        .example("matching", RawRequest.PATTERN, "^user:", "details", true, "limit", 10);
  }

  private static Description comparing(String id, String summary) {
    return viewing(id, summary)
        .saying(
            "The numbers of `same`, `changed`, `only_in_dump`, `only_live` and `expired` keys, and the first keys of each.")
        .in(ApiFields.DUMP)
        .query(ApiFields.limit(DumpRequests.MAX_DIFFERENCES, "how many keys to name of each kind")
            .byDefault(DumpRequests.DEFAULT_DIFFERENCES))
        .answers(200, "the differences", DumpAnswers.Diff.class);
  }

  static Description diff() {
    return comparing("compareDump", "The differences of a dump from the live cache")
        .refusing(Set.of(RawRequest.ASYNC));
  }

  static Description startDiff() {
    return comparing("startComparison", "The differences of a dump, perhaps as a job")
        .query(ApiFields.ASYNC)
        .answers(202, BEGUN, JobAnswer.Changed.class)
        .example("job", RawRequest.ASYNC, true, RawRequest.LIMIT, 10);
  }

  static Description download() {
    return Description.of("downloadDump", GROUP, Role.OPERATOR, "The file of a dump")
        .needing(Operation.DOWNLOAD)
        .in(ApiFields.DUMP)
        .answersAs(200, "the file, compressed as it is stored", "application/zstd")
        .answersAs(200, "the same", "application/gzip")
        .answersAs(200, "the file, not compressed", "application/x-ndjson");
  }

  private static Description dumping(String id, String group, String summary) {
    return Description.of(id, group, Role.OPERATOR, summary).needing(Operation.DUMP);
  }

  static Description make() {
    return dumping("makeDump", GROUP, "Dump all keys to a file of the service")
        .saying(
            "`seen` is the sum of `entries` and all of `skipped`, for all servers together and for each.")
        .query(ApiFields.ASYNC)
        .answers(200, "the account", DumpAnswers.Dumped.class)
        .answers(202, BEGUN, JobAnswer.Changed.class)
        .example("job", RawRequest.ASYNC, true);
  }

  static Description delete() {
    return Description.of("deleteDump", GROUP, Role.OPERATOR, "Delete a dump")
        .saying("The current dump is then the newest good one that is left.")
        .needing(Operation.MANAGE)
        .in(ApiFields.DUMP)
        .body(ApiFields.CREATED_AT)
        .answers(200, "the dump is deleted", DumpAnswers.Deleted.class);
  }

  static Description restore() {
    return Description.of("restore", GROUP, Role.OPERATOR, "Restore entries of a dump")
        .saying(
            "Filters look at what the dump says. `skipped` counts entries by reason, and `refused` names the first 100 refused ones.",
            "`moved` counts entries that go to another server, and `ring` names the rule.",
            "If a server fails or `max_keys` are restored and one more would be, the problem has the account. What is restored stays.")
        .needing(Operation.MANAGE)
        .query(ApiFields.PATTERN, ApiFields.MATCH, ApiFields.ASYNC)
        .body(
            ApiField.text("name", "the dump; the current one if it is left out"),
            ApiFields.CREATED_AT,
            ApiField.choice(
                    "mode",
                    "whether keys that exist on the server where an entry goes stay as they are or are replaced; copies on other servers always stay",
                    List.of("add", "replace"))
                .byDefault("add"),
            ApiFields.PATTERN,
            ApiFields.MATCH)
        .body(ApiFields.filtersOfDump())
        .body(
            ttl(),
            ApiField.choice(
                    "placement",
                    "`origin`: on the server that an entry came from, or by the ring if that is not configured; `ring`: where new keys go",
                    List.of("origin", "ring"))
                .byDefault("origin"),
            ApiField.flag(
                "cold_only",
                "restore only onto servers that are empty or were started after the dump; what another server lacks was deleted or evicted, and counts as `warm_server` in `skipped`"),
            ApiField.flag("salvage", "restore what a damaged dump still holds"),
            ApiField.flag(BulkRequests.DRY_RUN, "restore nothing, and say what would be restored"),
            ApiField.number(
                BulkRequests.MAX_KEYS,
                0,
                Long.MAX_VALUE,
                "restore at most this number of entries; keys that are left out do not count, and `dry_run` counts all"))
        .refusing(Set.of(KeyParameters.SERVER, KeyParameters.NEVER_FETCHED))
        .answers(200, "the account", RestoreAnswer.class)
        .answers(202, BEGUN, JobAnswer.Changed.class)
        .bodyExample("preview", BulkRequests.DRY_RUN, true)
        .bodyExample("bounded", "mode", "add", BulkRequests.MAX_KEYS, 1_000)
        .bodyExample("some", RawRequest.PATTERN, "^user:", "mode", "replace", "ttl", 600)
        .example("job", Map.of(RawRequest.ASYNC, true), Map.of("ttl", "keep"));
  }

  private static ApiField ttl() {
    return ApiField.lifetime(
            "ttl",
            "`keep` keeps each expiry, and entries that have expired are left out; `shift` gives each what was left at the dump; or seconds from now, or null for never",
            "keep",
            "shift")
        .byDefault("keep");
  }

  static Description autoDump() {
    return Description.of("getAutoDump", AUTO, Role.VIEWER, "The state of automatic dumps")
        .answers(200, "the state", AutoDumpAnswer.class);
  }

  private static Description changingAuto(String id, String summary) {
    return dumping(id, AUTO, summary).answers(200, "the new state", AutoDumpAnswer.Changed.class);
  }

  static Description startAutoDump() {
    return changingAuto("startAutoDump", "Start automatic dumps")
        .body(INTERVAL)
        .bodyExample("hourly", "interval_seconds", 3600);
  }

  static Description retimeAutoDump() {
    return changingAuto("retimeAutoDump", "Give automatic dumps another interval")
        .saying("Also while they are stopped.")
        .body(INTERVAL.required())
        .bodyExample("daily", "interval_seconds", 86_400);
  }

  static Description stopAutoDump() {
    return changingAuto("stopAutoDump", "Stop automatic dumps")
        .saying("A running dump is finished.");
  }
}
