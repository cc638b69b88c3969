package org.ocmcore.cache.adapter.prometheus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a statistic of memcached becomes a metric of prometheus/memcached_exporter.
 *
 * @param source where the statistic is
 * @param labelNames beside those of the server and the slab class
 * @param labelValues as many
 */
record ServerFamily(
    Source source,
    String statistic,
    MetricFamily family,
    List<String> labelNames,
    List<String> labelValues) {
  /** The answers that have statistics. */
  enum Source {
    GENERAL,
    SETTINGS,
    ITEMS,
    SLABS
  }

  private static final String TABLE = "server-families.tsv";
  private static final int COLUMNS = 6;

  /** All of them, in the order of the exporter. */
  static List<ServerFamily> all() {
    try (InputStream table = ServerFamily.class.getResourceAsStream(TABLE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(ServerFamily::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerFamily parse(String line) {
    String[] columns = line.split("\t", -1);
    if (columns.length != COLUMNS) {
      throw new IllegalStateException(TABLE + " has a line of other columns: " + line);
    }
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    if (!columns[4].isEmpty()) {
      for (String label : columns[4].split(",")) {
        String[] parts = label.split("=");
        names.add(parts[0]);
        values.add(parts[1]);
      }
    }
    return new ServerFamily(
        Source.valueOf(columns[0].toUpperCase(Locale.ROOT)),
        columns[1],
        new MetricFamily(
            columns[2], MetricFamily.Type.valueOf(columns[3].toUpperCase(Locale.ROOT)), columns[5]),
        List.copyOf(names),
        List.copyOf(values));
  }

  /** The value among these statistics, or NaN if it is not there or no number. */
  double value(Map<String, String> statistics) {
    return number(statistics, statistic);
  }

  /** A statistic as a number, 1 for yes and 0 for no; NaN if it is not there or neither. */
  static double number(Map<String, String> statistics, String name) {
    String text = statistics.getOrDefault(name, "");
    if (text.equals("yes") || text.equals("no")) {
      return text.equals("yes") ? 1 : 0;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException leftOut) {
      return Double.NaN;
    }
  }
}
