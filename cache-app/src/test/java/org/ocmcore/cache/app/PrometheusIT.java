package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Prometheus scrapes the service, and takes the alerts and the dashboard that come with it.
 */
class PrometheusIT {
  private static final Path ALERTS =
      Path.of("../packaging/prometheus/alerts.yml").toAbsolutePath();
  private static final Path DASHBOARD = Path.of("../packaging/grafana/cache-app.json");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int PATIENCE_SECONDS = 60;
  private static final Pattern NAME = Pattern.compile("\\b(?:memcached|cache_app|jvm)_[a-z_]+");

  @TempDir
  static Path folder;

  private static RunningService service;
  private static Process prometheus;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    RunningService.fresh(StoreKind.ONE_MEMCACHED);
    service = RunningService.start(
        StoreKind.ONE_MEMCACHED, "development", Map.of("CACHE_METRICS_SLABS", "true"));
    ApiClient api = service.client();
    api.put("shop:1", "1");
    api.get("/keys/?fresh=true").expect(200);
    api.send("POST", "/", null).expect(200);
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path config = Files.writeString(folder.resolve("prometheus.yml"), """
        global:
          scrape_interval: 1s
          evaluation_interval: 1s
        rule_files:
          - %s
        scrape_configs:
          - job_name: cache-app
            static_configs:
              - targets: ["%s"]
        """.formatted(
            ALERTS, service.url().replace("http://", "")));
    prometheus = new ProcessBuilder(
            "prometheus",
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
    await("sum(up{job=\"cache-app\"}) == 1");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    prometheus.destroy();
    if (!prometheus.waitFor(10, TimeUnit.SECONDS)) {
      prometheus.destroyForcibly().waitFor();
    }
    service.close();
  }

  /** The vector that this expression gives. @throws IOException also while Prometheus starts */
  private static JsonNode query(String expression) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d/api/v1/query?query=%s"
                .formatted(port, ApiClient.encoded(expression))))
        .build();
    HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
    if (response.statusCode() == 503) {
      throw new IOException("Prometheus is not ready: " + response.body());
    }
    JsonNode answer = JSON.readTree(response.body());
    assertEquals("success", answer.get("status").stringValue(), () -> expression + answer);
    return answer.get("data").get("result");
  }

  private static void await(String expression) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      try {
        if (!query(expression).isEmpty()) {
          return;
        }
      } catch (IOException notListeningYet) {
        assertTrue(prometheus.isAlive(), () -> log());
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new AssertionError("waited in vain for " + expression + "\n" + log());
  }

  private static String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private static String promtool(String input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("promtool");
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    int status = process.waitFor();
    return status + " " + Files.readString(out);
  }

  private static List<String> expressions() throws IOException {
    JsonNode dashboard = JSON.readTree(Files.readString(DASHBOARD));
    List<String> expressions = new ArrayList<>();
    dashboard
        .get("panels")
        .forEach(panel -> panel
            .path("targets")
            .forEach(target -> expressions.add(target
                .get("expr")
                .stringValue()
                .replace("$__rate_interval", "1m")
                .replaceAll("\\$(instance|server)", ".+"))));
    return expressions;
  }

  @Test
  void alertsAreValid() throws Exception {
    String checked = promtool("", "check", "rules", ALERTS.toString());
    assertTrue(checked.startsWith("0 "), checked);
    String tested =
        promtool("", "test", "rules", ALERTS.resolveSibling("alerts-test.yml").toString());
    assertTrue(tested.startsWith("0 "), tested);
  }

  /** The names of the exporter, which are not ours to choose, are all that it finds fault with. */
  @Test
  void metricsPassTheLinter() throws Exception {
    String text = Scraped.fetch(service, "/metrics").body();
    String found = promtool(text, "check", "metrics");
    List<String> faults = found
        .substring(found.indexOf(' ') + 1)
        .lines()
        .filter(line -> !line.startsWith("memcached_"))
        .toList();
    assertEquals(List.of(), faults);
  }

  @Test
  void prometheusStoresWhatServersReport() throws Exception {
    String server = StoreKind.ONE_MEMCACHED.addresses().get(0);
    await("memcached_up{server=\"%s\"} == 1".formatted(server));
    await("memcached_uptime_seconds{server=\"%s\"} >= 0".formatted(server));
    await("memcached_slab_current_items{server=\"%s\"} > 0".formatted(server));
    await("cache_app_app_keys{app=\"shop\"} == 1");
    await("cache_app_dump_age_seconds < 300");
    assertTrue(query("ALERTS{alertname=\"MemcachedServerDown\"}").isEmpty());
  }

  @Test
  void everyPanelHasAValidExpression() throws Exception {
    List<String> expressions = expressions();
    assertTrue(expressions.size() > 20);
    for (String expression : expressions) {
      query(expression);
    }
    for (String constant :
        List.of("memcached_up", "cache_app_index_keys", "jvm_memory_used_bytes")) {
      await("sum(%s{instance=~\".+\"})".formatted(constant));
    }
  }

  @Test
  void alertsAndPanelsUseDocumentedMetrics() throws IOException {
    Set<String> documented = Files.readAllLines(Path.of("../docs/metrics.md")).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("`")[1])
        .collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>();
    Matcher names = NAME.matcher(Files.readString(ALERTS) + String.join("\n", expressions()));
    while (names.find()) {
      String family = names.group().replaceFirst("_(bucket|sum|count)$", "");
      if (!documented.contains(names.group()) && !documented.contains(family)) {
        unknown.add(names.group());
      }
    }
    assertEquals(Set.of(), unknown);
  }
}
