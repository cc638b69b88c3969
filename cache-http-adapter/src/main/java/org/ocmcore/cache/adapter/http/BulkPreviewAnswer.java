package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkPreview;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.CopiesSummary;

/**
 * The preview of a change of many keys.
 *
 * @param pattern left out if the plan has none
 * @param refresh null, and so left out, unless keys would be refreshed
 * @param apps how many keys the apps with the most have, by name
 * @param servers how many keys each server has, by address
 * @param sampleBase64 the bytes of keys of the sample that are not text; left out if there are none
 */
record BulkPreviewAnswer(
    String message,
    boolean dryRun,
    @JsonInclude(Include.NON_ABSENT) Optional<String> pattern,
    @JsonInclude(Include.NON_NULL) @JsonUnwrapped BulkAnswer.Refresh refresh,
    long matchedCount,
    long matchedBytes,
    Map<String, Long> apps,
    long totalApps,
    Map<String, Long> servers,
    List<String> sample,
    @JsonInclude(Include.NON_ABSENT) Optional<Map<String, String>> sampleBase64,
    String asOf,
    String plan,
    String planEndsAt)
    implements ChangeAnswer {
  static BulkPreviewAnswer of(BulkRequest work, BulkPreview preview) {
    CopiesSummary summary = preview.summary();
    Map<String, Long> apps = new LinkedHashMap<>();
    summary.apps().forEach(app -> apps.put(app.app().name(), app.copies()));
    return new BulkPreviewAnswer(
        "%d keys matching %s would be %s"
            .formatted(
                summary.copies(),
                KeyParameters.words(work.filter()),
                work.change() instanceof BulkChange.Refresh ? "refreshed" : "deleted"),
        true,
        work.filter().pattern().map(Object::toString),
        BulkAnswer.Refresh.of(work.change()),
        summary.copies(),
        summary.bytes(),
        apps,
        summary.totalApps(),
        summary.servers(),
        summary.sample().stream().map(CacheKey::toString).toList(),
        KeyName.binaries(summary.sample()),
        Times.text(summary.asOf()),
        preview.plan(),
        Times.text(preview.planEndsAt()));
  }
}
