package org.ocmcore.cache.adapter.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.domain.bulk.BulkPreview;
import org.ocmcore.cache.domain.bulk.BulkReport;
import org.ocmcore.cache.domain.bulk.BulkShare;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.KeyProblem;
import org.ocmcore.cache.domain.query.CopiesSummary;
import org.ocmcore.cache.domain.query.KeyTotals;

/** What is told of work on many keys, to who waited for it and to who asks later. */
final class BulkAnswers {
  /** How many apps are told, those with the most keys. */
  private static final int MAX_APPS = 100;

  private BulkAnswers() {}

  /** What became of every key. */
  static Map<String, Object> account(BulkReport report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("matched_count", report.sum(BulkShare::matched));
    fields.put("done_count", report.sum(BulkShare::done));
    fields.put("already_gone_count", report.sum(BulkShare::absent));
    fields.put("refused_count", report.sum(BulkShare::refused));
    fields.put("left_count", report.sum(BulkShare::left));
    fields.put("refused", report.refused().stream().map(BulkAnswers::refused).toList());
    fields.put("servers", report.servers().stream().map(BulkAnswers::share).toList());
    fields.put("duration_ms", report.duration().toMillis());
    return fields;
  }

  private static Map<String, Object> share(BulkShare share) {
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
  static Map<String, Object> preview(BulkPreview preview) {
    CopiesSummary summary = preview.summary();
    List<Map.Entry<AppName, KeyTotals>> apps = summary.apps().entrySet().stream()
        .sorted(
            (one, other) -> Long.compare(other.getValue().keys(), one.getValue().keys()))
        .limit(MAX_APPS)
        .toList();
    Map<String, Object> told = new LinkedHashMap<>();
    apps.forEach(app -> told.put(app.getKey().name(), app.getValue().keys()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("matched_count", summary.copies());
    fields.put("matched_bytes", summary.bytes());
    fields.put("apps", told);
    fields.put("total_apps", summary.apps().size());
    fields.put("servers", summary.servers());
    fields.put("sample", summary.sample().stream().map(CacheKey::toString).toList());
    fields.put("plan", preview.plan());
    return fields;
  }
}
