package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.bulk.BulkPreview;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.CopiesSummary;

/**
 * What a change of many keys would do, as the API has it.
 *
 * @param apps how many keys the apps with the most have
 * @param servers how many keys each server has
 * @param sample the first keys
 * @param sampleBase64 the bytes of those that their readable forms do not address, by these forms
 * @param plan names this preview to the change
 */
record PreviewView(
    long matchedCount,
    long matchedBytes,
    Map<String, Long> apps,
    long totalApps,
    Map<String, Long> servers,
    List<String> sample,

    @JsonInclude(Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
    Map<String, String> sampleBase64,

    String asOf,
    @JsonInclude(Include.NON_EMPTY) String plan) {
  static final List<Column<PreviewView>> COLUMNS = List.of(
      Column.count("matched_count", "matched", view -> OptionalLong.of(view.matchedCount)),
      Column.bytes("matched_bytes", "bytes", view -> OptionalLong.of(view.matchedBytes)),
      Column.text("as_of", "as of", PreviewView::asOf),
      Column.text("plan", "plan", PreviewView::plan));

  PreviewView {
    servers = new LinkedHashMap<>(servers);
    sample = List.copyOf(sample);
    sampleBase64 = new LinkedHashMap<>(sampleBase64);
  }

  /** The same for a cache that forgets it. */
  PreviewView withoutPlan() {
    return new PreviewView(
        matchedCount, matchedBytes, apps, totalApps, servers, sample, sampleBase64, asOf, "");
  }

  static PreviewView of(BulkPreview preview) {
    CopiesSummary summary = preview.summary();
    return new PreviewView(
        summary.copies(),
        summary.bytes(),
        summary.copiesByApp(),
        summary.totalApps(),
        summary.servers(),
        summary.sample().stream().map(CacheKey::toString).toList(),
        binaries(summary.sample()),
        Views.time(summary.freshness().asOf()),
        preview.plan());
  }

  private static Map<String, String> binaries(List<CacheKey> keys) {
    Map<String, String> binaries = new LinkedHashMap<>();
    keys.forEach(key -> Views.base64(key).ifPresent(bytes -> binaries.put(key.toString(), bytes)));
    return binaries;
  }
}
