package org.ocmcore.cache.adapter.prometheus;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import org.ocmcore.cache.domain.dump.DumpEvents;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.JobEvents;
import org.ocmcore.cache.domain.job.JobSnapshot;
import org.ocmcore.cache.domain.tracking.ServerTracking;
import org.ocmcore.cache.domain.tracking.TrackingEvents;

/** Counts events since the start of the process. For any number of threads. */
public final class PrometheusEvents implements TrackingEvents, DumpEvents, JobEvents {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  private final Histogram walks = Histogram.builder()
      .name("cache_app_walk_duration_seconds")
      .help("Duration of complete walks over the keys of a server.")
      .labelNames("server")
      .classicOnly()
      .classicUpperBounds(0.01, 0.1, 0.5, 1, 5, 10, 60, 300)
      .register(registry);
  private final Counter failedWalks = Counter.builder()
      .name("cache_app_walk_failures_total")
      .help("Walks over the keys of a server that failed.")
      .labelNames("server")
      .register(registry);
  private final Counter dumps = Counter.builder()
      .name("cache_app_dumps_total")
      .help("Dumps by result: written, partial, failed or skipped.")
      .labelNames("result")
      .register(registry);
  private final Gauge dumpDuration = Gauge.builder()
      .name("cache_app_dump_duration_seconds")
      .help("Duration of the last dump that was written since the start.")
      .register(registry);
  private final Gauge dumpEntries = Gauge.builder()
      .name("cache_app_dump_entries")
      .help("Entries of the last dump that was written since the start.")
      .register(registry);
  private final Gauge dumpBytes = Gauge.builder()
      .name("cache_app_dump_bytes")
      .help("Bytes of the last dump that was written since the start.")
      .register(registry);
  private final Counter jobs = Counter.builder()
      .name("cache_app_jobs_ended_total")
      .help("Jobs that have ended, by kind and final state.")
      .labelNames("kind", "state")
      .register(registry);
  private final Counter requests = Counter.builder()
      .name("cache_app_http_requests_total")
      .help("Requests by method, route and status.")
      .labelNames("method", "route", "status")
      .register(registry);
  private final Histogram latencies = Histogram.builder()
      .name("cache_app_http_request_duration_seconds")
      .help("Time from the head of a request to the end of its answer.")
      .labelNames("route")
      .classicOnly()
      .classicUpperBounds(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60)
      .register(registry);
  private final Counter refusals = Counter.builder()
      .name("cache_app_http_refusals_total")
      .help("Requests that were answered with a problem, by its kind.")
      .labelNames("kind")
      .register(registry);

  /** Adds what the library knows of the Java machine and the process. */
  void addProcess() {
    JvmMetrics.builder().register(registry);
  }

  MetricSnapshots snapshots() {
    return registry.scrape();
  }

  /**
   * A request has ended.
   *
   * @param route a template, since each gets metrics of its own
   */
  public void answered(String method, String route, int status, Duration duration) {
    requests.labelValues(method, route, Integer.toString(status)).inc();
    latencies.labelValues(route).observe(seconds(duration));
  }

  /** A request was answered with a problem of this kind. */
  public void refused(String kind) {
    refusals.labelValues(kind).inc();
  }

  @Override
  public void walked(String server, ServerTracking.Walk walk) {
    walks.labelValues(server).observe(seconds(walk.duration()));
  }

  @Override
  public void notWalked(String server, StoreUnavailable failure) {
    failedWalks.labelValues(server).inc();
  }

  @Override
  public void broken(String server, Throwable failure) {
    failedWalks.labelValues(server).inc();
  }

  @Override
  public void changed(String server, ServerTracking.Mode mode) {}

  @Override
  public void feedWithheld(String server, String reason) {}

  @Override
  public void walkingAtOnce(String server, String reason) {}

  @Override
  public void written(DumpResult report) {
    dumps.labelValues(report.dump().complete() ? "written" : "partial").inc();
    dumpDuration.set(seconds(report.duration()));
    dumpEntries.set(report.dump().entries());
    dumpBytes.set(report.dump().bytes());
  }

  @Override
  public void failed(RuntimeException failure) {
    dumps.labelValues("failed").inc();
  }

  @Override
  public void skipped(String reason) {
    dumps.labelValues("skipped").inc();
  }

  @Override
  public void throttled(String server, Duration latency, Duration leftAlone) {}

  @Override
  public void notRemoved(RuntimeException failure) {}

  @Override
  public void ended(JobSnapshot job) {
    jobs.labelValues(job.kind().name(), JobLabels.of(job.state())).inc();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
