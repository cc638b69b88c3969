package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may see metrics, health and history, and what they say when a server is down. */
class HttpMonitoringIT {
  private static final String HISTORY = "/api/cache/stats/history/";

  @TempDir
  Path folder;

  private RunningService service;

  private void start(Map<String, String> more) {
    service = RunningService.start(StoreKind.MEMORY, "production", more);
  }

  private void startWithTokens(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put(
        "CACHE_TOKENS_FILE",
        TokensOnDisk.write(folder, "v viewer", "seller viewer apps=shop").toString());
    start(settings);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private HttpResponse<String> get(String path, String... headers) {
    return Scraped.fetch(service, path, headers);
  }

  private int status(String path, String... headers) {
    return get(path, headers).statusCode();
  }

  @Test
  void metricsNeedAViewerOfAllApps() {
    startWithTokens(Map.of());
    for (String path : List.of("/metrics", "/metrics/", HISTORY)) {
      assertEquals(401, status(path), path);
      assertEquals(200, status(path, "Authorization", "Bearer v"), path);
      HttpResponse<String> limited = get(path, "Authorization", "Bearer seller");
      assertEquals(403, limited.statusCode(), path);
      assertTrue(limited.body().contains("urn:cache-app:problem:outside-apps"), limited.body());
    }
  }

  @Test
  void publicMetricsNeedNoToken() {
    startWithTokens(Map.of("CACHE_METRICS_PUBLIC", "true"));
    assertEquals(200, status("/metrics"));
    assertEquals(200, status("/metrics", "Authorization", "Bearer seller"));
    assertEquals(401, status(HISTORY));
    assertEquals(401, status("/%6Detrics"));
  }

  @Test
  void healthNeedsNoToken() {
    startWithTokens(Map.of());
    service.awaitReady();
    assertEquals("ok\n", get("/livez").body());
    HttpResponse<String> ready = get("/readyz");
    assertEquals(200, ready.statusCode(), ready.body());
    assertEquals("ok\n", ready.body());
    String verbose = get("/readyz?verbose").body();
    for (String check :
        List.of("start", "server memory", "index memory", "dump-folder", "dump-space")) {
      assertTrue(verbose.contains("[+]" + check + " ok\n"), verbose);
    }
    assertTrue(verbose.endsWith("readyz check passed\n"), verbose);
    String json = get("/readyz", "Accept", "application/json").body();
    assertTrue(
        json.startsWith("{\"ready\":true,\"checks\":[{\"name\":\"start\",\"ok\":true}"), json);
  }

  @Test
  void hostsAndHeadersAreGuardedHereToo() {
    start(Map.of());
    service.awaitReady();
    for (String path : List.of("/metrics", "/livez", "/readyz")) {
      String foreign = service
          .client()
          .raw(
              "GET %s HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".formatted(path));
      assertTrue(foreign.startsWith("HTTP/1.1 421 "), foreign);
      String own = service
          .client()
          .raw("HEAD %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path));
      assertTrue(own.startsWith("HTTP/1.1 200 "), own);
      HttpBrowsersIT.assertHeaders(own);
    }
  }

  @Test
  void aServerThatIsDownFailsNoScrape() {
    start(Map.of("MEMCACHED_SERVERS", "127.0.0.1:1", "MEMCACHED_TIMEOUT_MS", "500"));
    Scraped scraped = Scraped.of(service);
    assertEquals(0, scraped.value("memcached_up", "server", "127.0.0.1:1"));
    assertFalse(scraped.families().containsKey("memcached_current_items"));
    HttpResponse<String> ready = get("/readyz");
    assertEquals(503, ready.statusCode());
    assertTrue(
        ready.body().contains("[-]server 127.0.0.1:1 failed: it does not answer\n"), ready.body());
    assertTrue(ready.body().endsWith("readyz check failed\n"), ready.body());
    assertEquals(200, status("/livez"));
  }
}
