package org.ocmcore.cache.adapter.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.monitoring.FleetCounters;
import org.ocmcore.cache.domain.monitoring.KeyFiguresCache;
import org.ocmcore.cache.domain.port.ServerCounters;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.Workers;
import org.ocmcore.cache.domain.testing.Bench;
import org.ocmcore.cache.domain.tracking.ServerTracking;

class PrometheusMetricsTest {
  private final Bench bench = new Bench("a:1", "b:1");
  private final PrometheusEvents events = new PrometheusEvents();
  private final PrometheusMetrics metrics = new PrometheusMetrics(
      events,
      new ServiceState(
          new FleetCounters(bench.cache, Runnable::run),
          bench.tracker,
          new KeyFiguresCache(bench.tracker, AppRule.DEFAULT, Workers.ALONE, bench.clock),
          bench.dumps,
          bench.autoDump,
          bench.jobs),
      false,
      bench.clock);

  private String scrape(String accept) {
    return new String(metrics.scrape(accept).body(), StandardCharsets.UTF_8);
  }

  private static void assertHas(String line, String text) {
    assertTrue(text.lines().anyMatch(line::equals), () -> line + " is not in\n" + text);
  }

  /** The lines about these counters of a server. */
  private static String lines(ServerCounters counters) {
    MetricCollector collector = new MetricCollector();
    new ServerMetrics().collect(new FleetCounters.Answer("a:1", Optional.of(counters)), collector);
    StringBuilder lines = new StringBuilder();
    collector
        .snapshots()
        .forEach(family -> family
            .getDataPoints()
            .forEach(point -> lines
                .append(family.getMetadata().getPrometheusName())
                .append(point.getLabels())
                .append('\n')));
    return lines.toString();
  }

  private static ServerCounters general(Map<String, String> statistics) {
    return new ServerCounters(statistics, Map.of(), Map.of(), Map.of());
  }

  @Test
  void aServerThatIsDownIsNotUp() {
    bench.cache.takeDown("b:1");
    String text = scrape("");
    assertHas("memcached_up{server=\"a:1\"} 1.0", text);
    assertHas("memcached_up{server=\"b:1\"} 0.0", text);
    assertFalse(text.contains("memcached_current_items{server=\"b:1\"}"), text);
  }

  @Test
  void countersWithoutTheEndingAreCounters() {
    String text = scrape("");
    assertHas("# TYPE memcached_uptime_seconds counter", text);
    assertFalse(text.contains("untyped"), text);
    String open = scrape("application/openmetrics-text");
    assertHas("# TYPE memcached_uptime_seconds unknown", open);
    assertTrue(open.endsWith("# EOF\n"));
  }

  @Test
  void eventsAreCounted() {
    events.answered("GET", "/api/cache/keys", 200, Duration.ofMillis(3));
    events.refused("unauthorized");
    events.walked("a:1", new ServerTracking.Walk(bench.clock.instant(), Duration.ofSeconds(2), 5));
    String text = scrape("");
    assertHas(
        "cache_app_http_requests_total{method=\"GET\",route=\"/api/cache/keys\",status=\"200\"} 1.0",
        text);
    assertHas(
        "cache_app_http_request_duration_seconds_bucket{route=\"/api/cache/keys\",le=\"0.005\"} 1",
        text);
    assertHas("cache_app_http_refusals_total{kind=\"unauthorized\"} 1.0", text);
    assertHas("cache_app_walk_duration_seconds_sum{server=\"a:1\"} 2.0", text);
  }

  @Test
  void anAppNameIsEscaped() {
    bench.store("a\"b\\c:1", "v");
    bench.tracker.fresh();
    assertHas("cache_app_app_keys{app=\"a\\\"b\\\\c\"} 1.0", scrape(""));
  }

  @Test
  void whatIsNoNumberIsLeftOut() {
    String lines = lines(general(Map.of("curr_items", "many", "bytes", "7")));
    assertTrue(lines.contains("memcached_current_bytes"), lines);
    assertFalse(lines.contains("memcached_current_items"), lines);
  }

  @Test
  void setsAreThoseWithoutCompareAndSwap() {
    Map<String, String> statistics =
        Map.of("cmd_set", "10", "cas_hits", "1", "cas_misses", "2", "cas_badval", "3");
    assertTrue(lines(general(statistics)).contains("command=\"set\""));
    Map<String, String> torn =
        Map.of("cmd_set", "5", "cas_hits", "1", "cas_misses", "2", "cas_badval", "3");
    assertFalse(lines(general(torn)).contains("command=\"set\""));
  }

  @Test
  void aStatisticInTwoAnswersCountsOnce() {
    String lines = lines(new ServerCounters(
        Map.of(), Map.of(), Map.of("items:1:mem_requested", "5"), Map.of("1:mem_requested", "6")));
    assertEquals(1, lines.lines().filter(line -> line.contains("mem_requested")).count());
  }

  @Test
  void settingsOfTheCrawlerNeedTheCrawler() {
    ServerCounters off = new ServerCounters(
        Map.of(),
        Map.of("maxconns", "1024", "lru_crawler", "no", "lru_crawler_sleep", "100"),
        Map.of(),
        Map.of());
    assertTrue(lines(off).contains("memcached_max_connections"));
    assertFalse(lines(off).contains("lru_crawler"));
  }
}
