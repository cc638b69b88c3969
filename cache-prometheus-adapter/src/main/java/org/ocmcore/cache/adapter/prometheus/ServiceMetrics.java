package org.ocmcore.cache.adapter.prometheus;

import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobSnapshot;
import org.ocmcore.cache.domain.monitoring.KeyFigures;
import org.ocmcore.cache.domain.port.DumpPlace;
import org.ocmcore.cache.domain.query.KeySummary.TtlSummary;
import org.ocmcore.cache.domain.schedule.AutoDump;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.ServerTracking;

/** The families of the service itself that are collected anew at each scrape. */
final class ServiceMetrics {
  private static final MetricFamily INDEX_KEYS =
      MetricFamily.gauge("cache_app_index_keys", "Known live keys of a server.");
  private static final MetricFamily INDEX_HEAP =
      MetricFamily.gauge("cache_app_index_heap_bytes", "Bytes of heap that the index uses.");
  private static final MetricFamily INDEX_AGE = MetricFamily.gauge(
      "cache_app_index_age_seconds", "Seconds since the last complete walk of a server began.");
  private static final MetricFamily FEED_LAG = MetricFamily.gauge(
      "cache_app_feed_lag_seconds",
      "Seconds from the last reported change of a server until it was in the index.");
  private static final MetricFamily FEED_SKIPPED = MetricFamily.counter(
      "cache_app_feed_skipped_total", "Changes that the feeds of a server left out.");
  private static final MetricFamily APP_KEYS =
      MetricFamily.gauge("cache_app_app_keys", "Known keys of an app.");
  private static final MetricFamily APP_BYTES =
      MetricFamily.gauge("cache_app_app_bytes", "Bytes of the known items of an app.");
  private static final MetricFamily TTL_KEYS =
      MetricFamily.gauge("cache_app_ttl_keys", "Known live keys by remaining lifetime.");
  private static final MetricFamily DUMP_AGE = MetricFamily.gauge(
      "cache_app_dump_age_seconds", "Seconds since the newest good dump was written.");
  private static final MetricFamily DUMP_FREE = MetricFamily.gauge(
      "cache_app_dump_free_bytes", "Bytes that are free in the folder of dumps.");
  private static final MetricFamily DUMP_FAILURES = MetricFamily.gauge(
      "cache_app_auto_dump_consecutive_failures",
      "Automatic dumps that have failed since the last good one.");
  private static final MetricFamily AUTO_DUMP =
      MetricFamily.gauge("cache_app_auto_dump_enabled", "Whether automatic dumps are on.");
  private static final MetricFamily JOBS =
      MetricFamily.gauge("cache_app_jobs", "Jobs that have not ended.");

  private final ServiceState state;
  private final Clock clock;

  ServiceMetrics(ServiceState state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /** Adds all of them. */
  void collect(MetricCollector collector) {
    collectIndex(state.tracker().known(), collector);
    state.keys().figures().ifPresent(figures -> collectKeys(figures, collector));
    collectDumps(collector);
    collectJobs(collector);
  }

  private void collectIndex(KeyTracker.Survey known, MetricCollector collector) {
    collector.add(INDEX_HEAP, known.index().heapBytes());
    for (ServerTracking server : known.servers()) {
      Labels labels = Labels.of("server", server.server());
      collector.add(INDEX_KEYS, server.keys(), labels);
      server.lastWalk().ifPresent(walk -> collector.add(INDEX_AGE, age(walk.begin()), labels));
      server.feed().ifPresent(feed -> collector.add(FEED_LAG, seconds(feed.lag()), labels));
      collector.add(FEED_SKIPPED, server.skipped(), labels);
    }
  }

  private static void collectKeys(KeyFigures figures, MetricCollector collector) {
    figures.apps().forEach((app, amount) -> {
      collector.add(APP_KEYS, amount.keys(), Labels.of("app", app));
      collector.add(APP_BYTES, amount.bytes(), Labels.of("app", app));
    });
    TtlSummary ttl = figures.ttl();
    collector.add(TTL_KEYS, ttl.underMinute(), Labels.of("ttl", "under_1m"));
    collector.add(TTL_KEYS, ttl.underHour(), Labels.of("ttl", "under_1h"));
    collector.add(TTL_KEYS, ttl.underDay(), Labels.of("ttl", "under_1d"));
    collector.add(TTL_KEYS, ttl.overDay(), Labels.of("ttl", "over_1d"));
    collector.add(TTL_KEYS, ttl.never(), Labels.of("ttl", "never"));
  }

  private void collectDumps(MetricCollector collector) {
    DumpPlace place = state.dumps().place();
    place.writtenAt().ifPresent(written -> collector.add(DUMP_AGE, age(written)));
    place.freeBytes().ifPresent(free -> collector.add(DUMP_FREE, free));
    AutoDump.State automatic = state.autoDump().state();
    collector.add(AUTO_DUMP, automatic.running() ? 1 : 0);
    collector.add(DUMP_FAILURES, automatic.consecutiveFailures());
  }

  private void collectJobs(MetricCollector collector) {
    Map<List<String>, Integer> active =
        new TreeMap<>((one, other) -> String.join(" ", one).compareTo(String.join(" ", other)));
    for (Job job : state.jobs().recent()) {
      JobSnapshot now = job.snapshot();
      if (!now.state().isFinal()) {
        active.merge(List.of(now.kind().name(), JobLabels.of(now.state())), 1, Integer::sum);
      }
    }
    active.forEach(
        (labels, count) -> collector.add(JOBS, count, Labels.of(List.of("kind", "state"), labels)));
  }

  private double age(Instant since) {
    return seconds(Duration.between(since, clock.instant()));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
