package org.ocmcore.cache.adapter.prometheus;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ocmcore.cache.adapter.prometheus.ServerFamily.Source;
import org.ocmcore.cache.domain.monitoring.FleetCounters;
import org.ocmcore.cache.domain.port.ServerCounters;

/**
 * The families of prometheus/memcached_exporter, with the label {@value #SERVER} beside its own.
 * What a server does not report is left out.
 */
final class ServerMetrics {
  private static final String SERVER = "server";
  private static final String SLAB = "slab";

  /** Of the whole server, but among the statistics of slab classes. */
  private static final String MALLOCED = "total_malloced";

  private static final String HELP_COMMANDS =
      "Total number of all requests broken down by command (get, set, etc.) and status";

  private static final MetricFamily UP =
      MetricFamily.gauge("memcached_up", "Could the memcached server be reached.");
  private static final MetricFamily VERSION =
      MetricFamily.gauge("memcached_version", "The version of this memcached server.");
  private static final MetricFamily COMMANDS =
      MetricFamily.counter("memcached_commands_total", HELP_COMMANDS + ".");
  private static final MetricFamily SLAB_COMMANDS =
      MetricFamily.counter("memcached_slab_commands_total", HELP_COMMANDS + " per slab.");

  private final Map<Source, List<ServerFamily>> families = new HashMap<>();

  ServerMetrics() {
    ServerFamily.all()
        .forEach(family -> families
            .computeIfAbsent(family.source(), first -> new ArrayList<>())
            .add(family));
  }

  /** Adds what a server has answered. */
  void collect(FleetCounters.Answer answer, MetricCollector collector) {
    Labels server = Labels.of(SERVER, answer.server());
    collector.add(UP, answer.counters().isPresent() ? 1 : 0, server);
    answer.counters().ifPresent(counters -> collect(counters, server, collector));
  }

  private void collect(ServerCounters counters, Labels server, MetricCollector collector) {
    Map<String, String> general = new HashMap<>(counters.general());
    if (counters.slabs().containsKey(MALLOCED)) {
      general.put(MALLOCED, counters.slabs().get(MALLOCED));
    }
    if (general.containsKey("version")) {
      collector.add(VERSION, 1, server.add("version", general.get("version")));
    }
    collect(Source.GENERAL, general, server, collector);
    collectSets(
        general, List.of("cas_misses", "cas_hits", "cas_badval"), COMMANDS, server, collector);
    collectSettings(counters.settings(), server, collector);
    bySlab(counters.items(), 1)
        .forEach((slab, items) -> collect(Source.ITEMS, items, server.add(SLAB, slab), collector));
    bySlab(counters.slabs(), 0).forEach((slab, slabs) -> {
      Labels labels = server.add(SLAB, slab);
      collect(Source.SLABS, slabs, labels, collector);
      collectSets(slabs, List.of("cas_hits", "cas_badval"), SLAB_COMMANDS, labels, collector);
    });
  }

  private void collect(
      Source source, Map<String, String> statistics, Labels labels, MetricCollector collector) {
    for (ServerFamily family : families.get(source)) {
      double value = family.value(statistics);
      if (!Double.isNaN(value)) {
        collector.add(
            family.family(),
            value,
            labels.merge(Labels.of(family.labelNames(), family.labelValues())));
      }
    }
  }

  /** Those of the crawler are left out while it is off. */
  private void collectSettings(
      Map<String, String> settings, Labels server, MetricCollector collector) {
    Map<String, String> reported = new HashMap<>(settings);
    if (!settings.getOrDefault("lru_crawler", "").equals("yes")) {
      reported.keySet().retainAll(List.of("maxconns"));
    }
    collect(Source.SETTINGS, reported, server, collector);
  }

  /** Memcached counts compare-and-swap among the stores, too. */
  private static void collectSets(
      Map<String, String> statistics,
      List<String> swaps,
      MetricFamily family,
      Labels labels,
      MetricCollector collector) {
    double sets = ServerFamily.number(statistics, "cmd_set")
        - swaps.stream()
            .mapToDouble(swap -> ServerFamily.number(statistics, swap))
            .sum();
    if (!Double.isNaN(sets)) {
      collector.add(family, sets, labels.merge(Labels.of("command", "set", "status", "hit")));
    }
  }

  /**
   * The statistics of each slab class.
   *
   * @param position of the number of the class among the parts of a name
   */
  private static Map<String, Map<String, String>> bySlab(
      Map<String, String> statistics, int position) {
    Map<String, Map<String, String>> slabs = new TreeMap<>();
    statistics.forEach((name, value) -> {
      String[] parts = name.split(":");
      if (parts.length == position + 2) {
        slabs
            .computeIfAbsent(parts[position], first -> new HashMap<>())
            .put(parts[position + 1], value);
      }
    });
    return slabs;
  }
}
