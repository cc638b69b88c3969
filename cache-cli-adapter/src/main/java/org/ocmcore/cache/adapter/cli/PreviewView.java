package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
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
 * @param plan names this preview to the change
 */
record PreviewView(
    long matchedCount,
    long matchedBytes,
    Map<String, Long> apps,
    long totalApps,
    Map<String, Long> servers,
    List<String> sample,
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
  }

  /** The same for a cache that forgets it. */
  PreviewView withoutPlan() {
    return new PreviewView(matchedCount, matchedBytes, apps, totalApps, servers, sample, asOf, "");
  }

  static PreviewView of(BulkPreview preview) {
    CopiesSummary summary = preview.summary();
    Map<String, Long> apps = new LinkedHashMap<>();
    summary.apps().forEach(app -> apps.put(app.app().name(), app.copies()));
    return new PreviewView(
        summary.copies(),
        summary.bytes(),
        apps,
        summary.totalApps(),
        summary.servers(),
        summary.sample().stream().map(CacheKey::toString).toList(),
        Views.time(summary.asOf()),
        preview.plan());
  }
}
