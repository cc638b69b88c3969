package org.ocmcore.cache.adapter.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.access.Role;

/** What the document says of the endpoints that change or fetch many keys. */
final class ChangeDescriptions {
  private static final String GROUP = "many keys";
  private static final List<ApiField> NAMED = List.of(
      ApiField.texts(
          "keys", "keys as text; with `keys_base64` 1 to %d keys".formatted(NamedKeys.MAX)),
      ApiField.texts("keys_base64", "bytes of keys in base64"));
  private static final List<ApiField> REFRESH = List.of(
      ApiFields.TIMEOUT,
      ApiField.of(
          "jitter",
          "shortens each lifetime by a random share of it of its own, up to this one",
          Map.of("type", "number", "minimum", 0, "maximum", 1, "default", 0)));

  private ChangeDescriptions() {}

  private static Description change(String id, String summary) {
    return Description.of(id, GROUP, Role.OPERATOR, summary).needing(Operation.MANAGE);
  }

  static Description matching(BulkRequests.Verb verb) {
    boolean isDelete = verb == BulkRequests.Verb.DELETE;
    Description change = isDelete
        ? change("deleteMatching", "Delete the keys that match a pattern")
        : change("refreshMatching", "Give the keys that match a pattern a new lifetime")
            .body(REFRESH);
    Description taking = change
        .query(ApiFields.PATTERN, ApiFields.MATCH, ApiFields.ASYNC)
        .body(ApiFields.PATTERN, ApiFields.MATCH)
        .body(ApiFields.filters())
        .body(
            ApiField.flag(
                BulkRequests.DRY_RUN,
                "change nothing; answer what would be changed: keys and bytes, the counts of the 100 largest apps and of each server, a sample, and a `plan`"),
            ApiField.number(
                BulkRequests.MAX_KEYS, 0, Long.MAX_VALUE, "change nothing if more keys match"),
            ApiFields.FRESH,
            ApiField.number(
                "rate", 0, BulkRequests.MAX_RATE, "the most keys a second; 0 for no limit"),
            ApiField.text(
                "plan",
                "the `plan` of a preview: do what it previewed, to the keys that match now; only `rate` and `dry_run`, which previews it again, may stand beside it"))
        .answers(
            200,
            "the account, or with `dry_run` the preview",
            BulkAnswer.class,
            BulkPreviewAnswer.class)
        .answers(202, "with `async=true` the job that has begun", JobAnswer.Changed.class)
        .bodyExample("preview", RawRequest.PATTERN, "^user:", BulkRequests.DRY_RUN, true)
        .bodyExample("change", RawRequest.PATTERN, "^user:", BulkRequests.MAX_KEYS, 1_000)
        .bodyExample("glob", RawRequest.PATTERN, "user:*", RawRequest.MATCH, "glob", "rate", 10_000)
        .example("job", Map.of(RawRequest.ASYNC, true), Map.of(RawRequest.PATTERN, "^user:"));
    taking.saying(
        "The change goes to all servers at once, each key confirmed.",
        "`matched_count` is the sum of `done_count`, `already_gone_count`, `refused_count` and `left_count`, in all and for each of `servers`; `refused` names the first 100 refused keys with reasons.",
        "`left_count` counts keys without an answer. A server that stopped answering may have done the last ones all the same; the next request then finds them done.",
        "If one server fails, the others still finish; the answer is 503 with the full account, and repeating the request does the rest.",
        "A field that may be meant as a limit and is not taken here, such as `dryRun`, is 400.");
    return isDelete
        ? taking
        : taking.bodyExample(
            "lifetime", RawRequest.PATTERN, "^user:", KeyRequests.TIMEOUT, 600, "jitter", 0.1);
  }

  static Description named(BulkRequests.Verb verb) {
    boolean isDelete = verb == BulkRequests.Verb.DELETE;
    List<ApiField> fields = new ArrayList<>(NAMED);
    fields.addAll(isDelete ? List.of() : REFRESH);
    return (isDelete
            ? change("deleteKeys", "Delete named keys")
            : change("refreshKeys", "Give named keys a new lifetime"))
        .saying("Each key is changed on every server that holds it.")
        .body(fields)
        .body(
            ApiField.flag(
                BulkRequests.DRY_RUN,
                "change nothing; answer what is known of the keys now: as for a pattern, but without a plan"))
        .answers(
            200,
            "the account, or with `dry_run` the preview",
            BulkAnswer.class,
            BulkPreviewAnswer.Named.class)
        .bodyExample("preview", "keys", List.of("user:1", "user:2"), BulkRequests.DRY_RUN, true)
        .bodyExample("keys", "keys", List.of("user:1", "user:2"))
        .bodyExample("bytes", "keys_base64", List.of("dXNlcjox"));
  }

  static Description fetchNamed() {
    return Description.of("getValues", GROUP, Role.READER, "The values of named keys")
        .saying(
            "Up to 32 MiB: if the answer is `truncated`, `not_read` names the other keys. `missing` names keys that do not exist.",
            "If a server fails, the answer is 503 with the values of the others, and `failures`.")
        .body(NAMED)
        .answers(200, "the values", NamedValuesAnswer.class)
        .bodyExample("keys", "keys", List.of("user:1", "user:3"))
        .bodyExample("bytes", "keys_base64", List.of("dXNlcjox"));
  }

  static Description deleteApp() {
    return change("deleteApp", "Delete all keys of an app")
        .in(ApiFields.APP)
        .query(ApiFields.ASYNC)
        .answers(200, "the account", BulkAnswer.AppDeleted.class)
        .answers(202, "with `async=true` the job that has begun", JobAnswer.Changed.class)
        .example("job", RawRequest.ASYNC, true);
  }

  static Description clear() {
    return change("clear", "Delete every key of every server")
        .body(ApiField.choice(
            "confirm", "required if `CACHE_CONFIRM_CLEAR` is set", List.of("clear")))
        .answers(200, "everything is deleted", KeyAnswers.Cleared.class)
        .bodyExample("confirmed", "confirm", "clear");
  }

  static Description follow() {
    return Description.of(
            "followChanges", "keys", Role.VIEWER, "The changes of keys as they happen")
        .saying(
            "Server-sent events, from now on: what the servers report, at most four times a second. It changes nothing and shows no values.",
            "`servers` says what each server reports now, `change` is a change, `skipped` counts what was left out, and nothing follows an `error`.")
        .query(ApiFields.PATTERN, ApiFields.MATCH)
        .query(ApiFields.scope())
        .query(ApiField.text(
            "kinds", "`stored`, `deleted` and `evicted`, joined by commas; all if it is left out"))
        .refusing(ApiFields.criteria())
        .example("matching", RawRequest.PATTERN, "^user:", "kinds", "stored,deleted")
        .answersAs(200, "events `servers`, `change`, `skipped` and `error`", "text/event-stream");
  }
}
