package org.ocmcore.cache.adapter.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** An analysis as one table: keys and bytes by group and name. */
final class AnalysisRows {
  static final List<Column<Row>> COLUMNS = List.of(
      Column.text("group", "what", Row::group),
      Column.count("keys", "keys", row -> OptionalLong.of(row.keys())),
      Column.bytes("bytes", "bytes", row -> OptionalLong.of(row.bytes())),
      Column.key("name", "name", Row::name));

  private final List<Row> rows = new ArrayList<>();

  private AnalysisRows() {}

  /** A group of keys. */
  record Row(String group, String name, long keys, long bytes) {}

  /** The rows, without groups that have no keys. */
  static List<Row> of(AnalysisView analysis) {
    AnalysisRows all = new AnalysisRows();
    all.rows.add(new Row("all", "", analysis.totals().keys(), analysis.totals().bytes()));
    analysis.topAppsByBytes().forEach(app -> all.add("app", app.appName(), app.amount()));
    analysis
        .topKeysByBytes()
        .forEach(key -> all.rows.add(new Row("largest", key.key(), 1, key.sizeBytes())));
    all.add("ttl", analysis.ttl().spread());
    all.add("ttl", "never", analysis.ttl().never());
    analysis
        .sizes()
        .forEach(
            size -> all.add("size", "under " + Formats.bytes(size.belowBytes()), size.amount()));
    all.add("idle", analysis.idle().spread());
    all.add("idle", "unknown", analysis.idle().unknown());
    all.add("never_fetched", "", analysis.neverFetched());
    all.add("on_several_servers", "", analysis.onSeveralServers());
    all.add("expiring", "within 1h", sum(analysis.expiringByMinute()));
    return List.copyOf(all.rows);
  }

  private static AnalysisView.Amount sum(List<AnalysisView.Amount> amounts) {
    return new AnalysisView.Amount(
        amounts.stream().mapToLong(AnalysisView.Amount::keys).sum(),
        amounts.stream().mapToLong(AnalysisView.Amount::bytes).sum());
  }

  private void add(String group, AnalysisView.Spread spread) {
    add(group, "under 1m", spread.underMinute());
    add(group, "under 1h", spread.underHour());
    add(group, "under 4h", spread.underFourHours());
    add(group, "under 12h", spread.underTwelveHours());
    add(group, "under 1d", spread.underDay());
    add(group, "under 7d", spread.underWeek());
    add(group, "under 30d", spread.underMonth());
    add(group, "over 30d", spread.overMonth());
  }

  private void add(String group, String name, AnalysisView.Amount amount) {
    if (amount.keys() > 0) {
      rows.add(new Row(group, name, amount.keys(), amount.bytes()));
    }
  }
}
