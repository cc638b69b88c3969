package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkPreview;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.bulk.NamedPreview;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.CopiesSummary;

/**
 * The preview of a change of many keys.
 *
 * @param pattern left out if the plan has none
 * @param refresh null, and so left out, unless keys would be refreshed
 */
record BulkPreviewAnswer(
    String message,
    boolean dryRun,
    @JsonInclude(Include.NON_ABSENT) Optional<String> pattern,
    @JsonInclude(Include.NON_NULL) @JsonUnwrapped BulkAnswer.Refresh refresh,
    @JsonUnwrapped Summary summary,
    String plan,
    String planEndsAt)
    implements ChangeAnswer {
  static BulkPreviewAnswer of(BulkRequest work, BulkPreview preview) {
    return new BulkPreviewAnswer(
        "%d keys matching %s would be %s"
            .formatted(
                preview.summary().copies(),
                KeyParameters.words(work.filter()),
                done(work.change())),
        true,
        work.filter().pattern().map(Object::toString),
        BulkAnswer.Refresh.of(work.change()),
        Summary.of(preview.summary()),
        preview.plan(),
        Times.text(preview.planEndsAt()));
  }

  private static String done(BulkChange change) {
    return change instanceof BulkChange.Refresh ? "refreshed" : "deleted";
  }

  /**
   * The preview of a change of named keys.
   *
   * @param refresh null, and so left out, unless keys would be refreshed
   * @param namedCount how many keys were named
   * @param unknownCount how many of them no server is known to hold
   */
  record Named(
      String message,
      boolean dryRun,
      @JsonInclude(Include.NON_NULL) @JsonUnwrapped BulkAnswer.Refresh refresh,
      long namedCount,
      long unknownCount,
      @JsonUnwrapped Summary summary)
      implements ChangeAnswer {
    static Named of(BulkRequests.Named request, NamedPreview preview) {
      int named = request.keys().size();
      return new Named(
          "%d of %d named keys would be %s"
              .formatted(named - preview.unknown(), named, done(request.change())),
          true,
          BulkAnswer.Refresh.of(request.change()),
          named,
          preview.unknown(),
          Summary.of(preview.summary()));
    }
  }

  /**
   * The keys of a change. A key counts for each server that holds it.
   *
   * @param apps how many keys the apps with the most have, by name
   * @param servers how many keys each server has, by address
   * @param sampleBase64 the bytes of keys of the sample that their names do not address; left out
   *     if there are none
   */
  record Summary(
      long matchedCount,
      long matchedBytes,
      Map<String, Long> apps,
      long totalApps,
      Map<String, Long> servers,
      List<String> sample,
      @JsonInclude(Include.NON_ABSENT) Optional<Map<String, String>> sampleBase64,
      @JsonUnwrapped FreshnessAnswer freshness) {
    static Summary of(CopiesSummary summary) {
      return new Summary(
          summary.copies(),
          summary.bytes(),
          summary.copiesByApp(),
          summary.totalApps(),
          summary.servers(),
          summary.sample().stream().map(CacheKey::toString).toList(),
          KeyName.binaries(summary.sample()),
          FreshnessAnswer.of(summary.freshness()));
    }
  }
}
