package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

/** The metrics of a service on a real server, of which everything has happened once. */
class HttpMetricsIT {
  /** Of its own: one that was flushed counts the items of before until it reclaims them. */
  private static MemcachedServer server;

  private static RunningService service;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    server = MemcachedServer.start();
    service = RunningService.start(
        StoreKind.MEMORY,
        "development",
        Map.of("MEMCACHED_SERVERS", server.address(), "CACHE_METRICS_SLABS", "true"));
    api = service.client();
    api.put("shop:1", "\"v\"", "3000");
    api.put("shop:2", "\"v\"", "null");
    api.get("/key/shop:1/").expect(200);
    api.get("/key/none/").expect(404);
    api.get("/keys/?fresh=true").expect(200);
    api.send("POST", "/", null).expect(200);
  }

  @AfterAll
  static void stop() {
    service.close();
    server.close();
  }

  /** A family of the exporter. */
  private record Known(String name, String type, List<String> labels, String help) {
    static List<Known> all() throws IOException {
      try (InputStream table =
          HttpMetricsIT.class.getResourceAsStream("/memcached-exporter-families.tsv")) {
        return new String(table.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("\t", -1))
            .map(columns -> new Known(columns[0], columns[1], labels(columns[2]), columns[3]))
            .toList();
      }
    }

    private static List<String> labels(String names) {
      return Stream.concat(
              Stream.of("server"), names.isEmpty() ? Stream.empty() : Stream.of(names.split(",")))
          .sorted()
          .toList();
    }
  }

  @Test
  void familiesOfServersAreThoseOfTheExporter() throws IOException {
    Map<String, Scraped.Family> scraped = new TreeMap<>(Scraped.of(service).families());
    scraped.keySet().removeIf(name -> !name.startsWith("memcached_"));
    Set<String> missing = new TreeSet<>();
    for (Known known : Known.all()) {
      Scraped.Family family = scraped.remove(known.name());
      if (family == null) {
        missing.add(known.name());
        continue;
      }
      assertEquals(known.type(), family.type(), known.name());
      assertEquals(known.help(), family.help(), known.name());
      assertEquals(known.labels(), family.labels(), known.name());
    }
    assertEquals(Set.of(), scraped.keySet(), "the exporter does not know them");
    // Servers report the LRU of temporary items only if they have one.
    missing.removeIf(name ->
        name.startsWith("memcached_extstore_") || name.equals("memcached_slab_temporary_items"));
    assertEquals(Set.of(), missing, "this server reports them");
  }

  @Test
  void everyFamilyIsDocumented() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("../docs/metrics.md"))) {
      if (line.startsWith("| `")) {
        String[] cells = line.split("\\|");
        documented.put(
            cells[1].strip().replace("`", ""),
            cells[2].strip() + " " + cells[3].strip().replace("`", ""));
      }
    }
    api.get("/no/such/path/").expect(404);
    Map<String, String> found = new TreeMap<>();
    Scraped.of(service)
        .families()
        .forEach((name, family) ->
            found.put(name, family.type() + " " + String.join(", ", family.labels())));
    Set<String> undocumented = new TreeSet<>(found.keySet());
    undocumented.removeAll(documented.keySet());
    assertEquals(Set.of(), undocumented, "not in docs/metrics.md");
    found.forEach(
        (name, words) -> assertEquals(words.strip(), documented.get(name).strip(), name));
    List<String> unseen = new ArrayList<>(documented.keySet());
    unseen.removeAll(found.keySet());
    // Not every server has these.
    unseen.removeIf(name -> name.startsWith("jvm_")
        || name.startsWith("memcached_extstore_")
        || Set.of(
                "cache_app_feed_lag_seconds",
                "cache_app_jobs",
                "cache_app_walk_failures_total",
                "memcached_slab_temporary_items")
            .contains(name));
    assertEquals(List.of(), unseen, "no scrape has them");
  }

  @Test
  void numbersAreThoseOfTheCache() {
    Scraped scraped = Scraped.of(service);
    String address = server.address();
    assertEquals(1, scraped.value("memcached_up", "server", address));
    assertEquals(2, scraped.value("memcached_current_items", "server", address));
    assertEquals(2, scraped.value("cache_app_index_keys", "server", address));
    assertEquals(2, scraped.value("cache_app_app_keys", "app", "shop"));
    assertEquals(1, scraped.value("cache_app_ttl_keys", "ttl", "never"));
    assertEquals(1, scraped.value("cache_app_ttl_keys", "ttl", "under_1h"));
    assertEquals(2, scraped.value("cache_app_dump_entries"));
    assertTrue(scraped.value("cache_app_dump_age_seconds") < 300);
    assertEquals(1, scraped.value("cache_app_dumps_total", "result", "written"));
    assertEquals(1, scraped.value("cache_app_jobs_ended_total", "kind", "dump", "state", "done"));
  }

  @Test
  void routesAreTemplates() {
    api.get("/key/a-secret-key/").expect(404);
    Scraped scraped = Scraped.of(service);
    Set<String> routes = scraped.families().get("cache_app_http_requests_total").samples().stream()
        .map(sample -> sample.labels().get("route"))
        .collect(Collectors.toSet());
    assertTrue(routes.contains("/api/cache/key/{key}"), routes::toString);
    assertFalse(routes.toString().contains("secret"), routes::toString);
    assertTrue(scraped.value("cache_app_http_refusals_total", "kind", "key-not-found") >= 1);
  }

  @Test
  void openMetricsIsSentToThoseWhoAskForIt() {
    HttpResponse<String> open = Scraped.fetch(
        service,
        "/metrics",
        "Accept",
        "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2");
    assertEquals(200, open.statusCode());
    assertTrue(open.headers()
        .firstValue("content-type")
        .orElse("")
        .startsWith("application/openmetrics-text; version=1.0.0"));
    assertTrue(open.body().endsWith("# EOF\n"));
    HttpResponse<String> text = Scraped.fetch(service, "/metrics/");
    assertTrue(text.headers()
        .firstValue("content-type")
        .orElse("")
        .startsWith("text/plain; version=0.0.4"));
  }

  @Test
  void theHistoryHasSamples() {
    ApiClient.Reply past = api.get("/stats/history/?step=2").expect(200);
    assertEquals(2, past.number("step_seconds"));
    assertEquals(server.address(), past.text("/servers/0/address"));
    assertTrue(past.at("/servers/0/samples/0").has("evictions"));
    api.get("/stats/history/?since=yesterday").expectProblem(400, "invalid-parameter");
    api.get("/stats/history/?step=0").expectProblem(400, "invalid-parameter");
  }
}
