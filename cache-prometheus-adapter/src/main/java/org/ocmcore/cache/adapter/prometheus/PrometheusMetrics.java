package org.ocmcore.cache.adapter.prometheus;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * All metrics of the service and its servers, as Prometheus takes them. For any number of threads.
 */
public final class PrometheusMetrics {
  private static final String OPEN_METRICS = "application/openmetrics-text";

  /** Counters of the exporter whose names the library sends only without a type. */
  private static final Pattern WITHOUT_TYPE =
      Pattern.compile("^(# TYPE memcached_\\w+) untyped$", Pattern.MULTILINE);

  private final PrometheusEvents events;
  private final ServiceState state;
  private final ServiceMetrics service;
  private final ServerMetrics servers = new ServerMetrics();
  private final boolean slabs;

  /** @param slabs whether to fetch the statistics of each slab class as well */
  public PrometheusMetrics(
      PrometheusEvents events, ServiceState state, boolean slabs, Clock clock) {
    this.events = events;
    this.state = state;
    this.service = new ServiceMetrics(state, clock);
    this.slabs = slabs;
    events.addProcess();
  }

  /**
   * Metrics as they are sent.
   *
   * @param body in UTF-8; not copied
   */
  public record Scrape(String contentType, byte[] body) {}

  /**
   * All metrics as of now. A server that is down takes no longer than its time limit, and has
   * {@code memcached_up} 0.
   *
   * @param accept the formats that the client takes: OpenMetrics if this names it, otherwise the
   *     text format of Prometheus
   */
  public Scrape scrape(String accept) {
    MetricSnapshots snapshots = snapshots();
    if (accept.contains(OPEN_METRICS)) {
      OpenMetricsTextFormatWriter writer = OpenMetricsTextFormatWriter.create();
      return new Scrape(writer.getContentType(), written(snapshots, writer));
    }
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    String text = new String(written(snapshots, writer), StandardCharsets.UTF_8);
    return new Scrape(
        writer.getContentType(),
        WITHOUT_TYPE.matcher(text).replaceAll("$1 counter").getBytes(StandardCharsets.UTF_8));
  }

  private MetricSnapshots snapshots() {
    MetricCollector collector = new MetricCollector();
    state.servers().fetch(slabs).forEach(answer -> servers.collect(answer, collector));
    service.collect(collector);
    List<MetricSnapshot> all = new ArrayList<>(collector.snapshots());
    events.snapshots().forEach(all::add);
    return new MetricSnapshots(all);
  }

  private static byte[] written(MetricSnapshots snapshots, ExpositionFormatWriter writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(bytes, snapshots);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
