package org.ocmcore.cache.adapter.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ocmcore.cache.domain.bulk.BulkAccount;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkPreview;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.bulk.ServerBulkAccount;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.KeyProblem;
import org.ocmcore.cache.domain.query.CopiesSummary;
import org.ocmcore.cache.domain.query.KeyFilter;

/** What is told of work on many keys, to who waited for it and to who asks later. */
final class BulkAnswers {
  private BulkAnswers() {}

  /** What was done, in which words. */
  enum Verb {
    DELETE("Deleted", "deleted"),
    REFRESH("Refreshed", "refreshed");

    private final String done;
    private final String past;

    Verb(String done, String past) {
      this.done = done;
      this.past = past;
    }

    static Verb of(BulkChange change) {
      return change instanceof BulkChange.Refresh ? REFRESH : DELETE;
    }
  }

  /** What was done, and what became of every key. */
  static Map<String, Object> done(BulkAccount report) {
    Verb verb = Verb.of(report.change());
    long done = report.sum(ServerBulkAccount::done);
    String which =
        report.matching().map(matching -> " matching " + matching.filter()).orElse("");
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message", "%s %d keys%s".formatted(verb.done, done, which));
    fields.put(verb.past + "_count", done);
    report.matching().ifPresent(matching -> {
      describe(matching.filter(), fields);
      fields.put("as_of", Times.text(matching.asOf()));
    });
    describe(report.change(), fields);
    fields.putAll(account(report));
    return fields;
  }

  private static void describe(KeyFilter filter, Map<String, Object> fields) {
    filter.pattern().ifPresent(pattern -> fields.put("pattern", pattern.toString()));
  }

  private static void describe(BulkChange change, Map<String, Object> fields) {
    if (change instanceof BulkChange.Refresh refresh) {
      Lifetime lifetime = refresh.lifetime();
      fields.put("timeout", lifetime.isForever() ? null : lifetime.seconds());
      fields.put("jitter", refresh.jitter());
    }
  }

  /** What became of every key. */
  static Map<String, Object> account(BulkAccount report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("matched_count", report.sum(ServerBulkAccount::matched));
    fields.put("done_count", report.sum(ServerBulkAccount::done));
    fields.put("already_gone_count", report.sum(ServerBulkAccount::absent));
    fields.put("refused_count", report.sum(ServerBulkAccount::refused));
    fields.put("left_count", report.sum(ServerBulkAccount::left));
    fields.put("refused", report.refused().stream().map(BulkAnswers::refused).toList());
    fields.put("servers", report.servers().stream().map(BulkAnswers::share).toList());
    fields.put("duration_ms", report.duration().toMillis());
    return fields;
  }

  private static Map<String, Object> share(ServerBulkAccount share) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("address", share.server());
    fields.put("matched", share.matched());
    fields.put("done", share.done());
    fields.put("already_gone", share.absent());
    fields.put("refused", share.refused());
    fields.put("left", share.left());
    fields.put("failure", share.failure().orElse(null));
    return fields;
  }

  private static Map<String, Object> refused(KeyProblem problem) {
    Map<String, Object> fields = named(problem.key());
    fields.put("reason", problem.reason());
    return fields;
  }

  /** A key, with its bytes in base64 if it is no text. */
  static Map<String, Object> named(CacheKey key) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("key", key.toString());
    if (!key.isText()) {
      fields.put("key_base64", KeyJson.base64(key));
    }
    return fields;
  }

  /** What would be done. */
  static Map<String, Object> preview(BulkRequest work, BulkPreview preview) {
    CopiesSummary summary = preview.summary();
    Map<String, Object> apps = new LinkedHashMap<>();
    summary.apps().forEach(app -> apps.put(app.app().name(), app.copies()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(
        "message",
        "%d keys matching %s would be %s"
            .formatted(summary.copies(), work.filter(), Verb.of(work.change()).past));
    fields.put("dry_run", true);
    describe(work.filter(), fields);
    describe(work.change(), fields);
    fields.put("matched_count", summary.copies());
    fields.put("matched_bytes", summary.bytes());
    fields.put("apps", apps);
    fields.put("total_apps", summary.totalApps());
    fields.put("servers", summary.servers());
    fields.put("sample", summary.sample().stream().map(CacheKey::toString).toList());
    Map<String, String> binaries = new LinkedHashMap<>();
    summary.sample().stream()
        .filter(key -> !key.isText())
        .forEach(key -> binaries.put(key.toString(), KeyJson.base64(key)));
    if (!binaries.isEmpty()) {
      fields.put("sample_base64", binaries);
    }
    fields.put("as_of", Times.text(summary.asOf()));
    fields.put("plan", preview.plan());
    fields.put("plan_ends_at", Times.text(preview.planEndsAt()));
    return fields;
  }
}
