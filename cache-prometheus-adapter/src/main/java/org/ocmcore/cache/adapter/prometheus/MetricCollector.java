package org.ocmcore.cache.adapter.prometheus;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the values of one scrape. For one thread. */
final class MetricCollector {
  private final Map<MetricFamily, Map<Labels, Double>> families = new LinkedHashMap<>();

  /**
   * Adds a value; the first one with these labels counts. A negative counter is left out: it comes
   * of counters that were read while they changed, and the next scrape has it right.
   */
  void add(MetricFamily family, double value, Labels labels) {
    if (family.type() == MetricFamily.Type.GAUGE || value >= 0) {
      families.computeIfAbsent(family, first -> new LinkedHashMap<>()).putIfAbsent(labels, value);
    }
  }

  /** The same without labels. */
  void add(MetricFamily family, double value) {
    add(family, value, Labels.EMPTY);
  }

  /** All families that have a value. */
  List<MetricSnapshot> snapshots() {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    families.forEach((family, points) -> snapshots.add(snapshot(family, points)));
    return snapshots;
  }

  private static MetricSnapshot snapshot(MetricFamily family, Map<Labels, Double> points) {
    if (family.type() == MetricFamily.Type.GAUGE) {
      GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(family.name()).help(family.help());
      points.forEach((labels, value) -> gauge.dataPoint(
          GaugeDataPointSnapshot.builder().value(value).labels(labels).build()));
      return gauge.build();
    }
    return family.hasCounterName() ? counter(family, points) : unknown(family, points);
  }

  private static MetricSnapshot counter(MetricFamily family, Map<Labels, Double> points) {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder().name(family.name()).help(family.help());
    points.forEach((labels, value) -> counter.dataPoint(
        CounterDataPointSnapshot.builder().value(value).labels(labels).build()));
    return counter.build();
  }

  private static MetricSnapshot unknown(MetricFamily family, Map<Labels, Double> points) {
    UnknownSnapshot.Builder unknown =
        UnknownSnapshot.builder().name(family.name()).help(family.help());
    points.forEach((labels, value) -> unknown.dataPoint(
        UnknownDataPointSnapshot.builder().value(value).labels(labels).build()));
    return unknown.build();
  }
}
