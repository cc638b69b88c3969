package org.ocmcore.cache.adapter.cli;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** The columns of {@code cache top}, and the same in words. */
final class TopColumns {
  /** Heads the column of addresses, which says why a server is down. */
  static final Column<TopRow> SERVER = Column.text("address", "server", TopRow::address);

  private static final Column<TopRow> AT = Column.text("at", "at", TopRow::at);
  private static final Column<TopRow> UP =
      Column.text("up", "up", row -> Boolean.toString(row.up()));
  private static final Column<TopRow> PROBLEM =
      Column.text("problem", "problem", row -> row.problem().orElse(""));
  private static final Column<TopRow> GETS =
      rate("gets_per_second", "gets/s", TopRow::getsPerSecond);
  private static final Column<TopRow> STORES =
      rate("stores_per_second", "sets/s", TopRow::storesPerSecond);
  private static final Column<TopRow> RATIO = Column.ratio("hit_ratio", "hits", TopRow::hitRatio);
  private static final Column<TopRow> HITS =
      rate("hits_per_second", "hits/s", TopRow::hitsPerSecond);
  private static final Column<TopRow> MISSES =
      rate("misses_per_second", "misses/s", TopRow::missesPerSecond);
  private static final Column<TopRow> EVICTIONS =
      rate("evictions_per_second", "evictions/s", TopRow::evictionsPerSecond);
  private static final Column<TopRow> BYTES = Column.bytes("bytes", "memory", TopRow::bytes);
  private static final Column<TopRow> LIMIT =
      Column.bytes("limit_bytes", "limit", TopRow::limitBytes);
  private static final Column<TopRow> ITEMS =
      Column.count("current_items", "items", TopRow::currentItems);
  private static final Column<TopRow> CONNECTIONS =
      Column.count("connections", "conns", TopRow::connections);
  private static final Column<TopRow> MODE =
      Column.text("tracking_mode", "tracking", row -> row.trackingMode().orElse("-"));
  private static final Column<TopRow> WALK =
      Column.seconds("last_walk_seconds", "walked", TopRow::lastWalkSeconds);

  private static final List<Column<TopRow>> TABLE = List.of(
      SERVER,
      GETS,
      HITS,
      MISSES,
      RATIO,
      STORES,
      EVICTIONS,
      BYTES,
      LIMIT,
      ITEMS,
      CONNECTIONS,
      MODE,
      WALK);

  /** What a narrow screen drops first. */
  static final List<Column<TopRow>> DROPPED =
      List.of(WALK, HITS, CONNECTIONS, LIMIT, MISSES, MODE, ITEMS, EVICTIONS, STORES, BYTES, RATIO);

  private TopColumns() {}

  private static Column<TopRow> rate(
      String name, String title, Function<TopRow, OptionalDouble> rate) {
    return Column.decimal(name, title, rate, Formats::rate);
  }

  /** For people; without those of an index if none is asked. */
  static List<Column<TopRow>> table(TopView view) {
    boolean isTracked =
        view.servers().stream().anyMatch(row -> row.trackingMode().isPresent());
    return TABLE.stream()
        .filter(column -> isTracked || column != MODE && column != WALK)
        .toList();
  }

  /** For programs: all, each in a column. */
  static List<Column<TopRow>> fields() {
    return Stream.concat(
            Stream.of(AT, SERVER, UP, PROBLEM), TABLE.stream().filter(column -> column != SERVER))
        .map(column -> column == MODE
            ? Column.<TopRow>text("tracking_mode", "", row -> row.trackingMode().orElse(""))
            : column)
        .toList();
  }

  /** A row in words, such as {@code gets 12.0/s hits 98 %}. */
  static String words(TopRow row) {
    if (!row.up() && row.problem().isPresent()) {
      return "down: " + row.problem().get();
    }
    return String.format(
        Locale.ROOT,
        "gets %s/s  hits %s  sets %s/s  evictions %s/s  memory %s%s  items %s  connections %s",
        human(GETS, row),
        human(RATIO, row),
        human(STORES, row),
        human(EVICTIONS, row),
        human(BYTES, row),
        limit(row.limitBytes()),
        human(ITEMS, row),
        human(CONNECTIONS, row));
  }

  private static String human(Column<TopRow> column, TopRow row) {
    return column.human().apply(row);
  }

  private static String limit(OptionalLong bytes) {
    return bytes.isPresent() ? " of " + Formats.bytes(bytes.getAsLong()) : "";
  }

  /** A line of its own: when, which server, and what it did. */
  static String line(TopRow row) {
    return "%s  %s  %s".formatted(row.at(), row.address(), words(row));
  }
}
