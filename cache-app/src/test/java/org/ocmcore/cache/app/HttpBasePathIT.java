package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A service below a path of its own, behind a proxy that passes paths on unchanged. */
class HttpBasePathIT {
  private static final String API = "/tools/cache/api/cache";

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start(
        StoreKind.MEMORY,
        "development",
        Map.of(
            "CACHE_HTTP_BASE_PATH", "/tools/cache",
            "CACHE_HTTP_TRUSTED_PROXIES", "127.0.0.0/8",
            "CACHE_HTTP_ALLOWED_HOSTS", "cache.example"));
  }

  @AfterAll
  static void close() {
    service.close();
  }

  private static String send(String line, String body, String... headers) {
    return service
        .client()
        .raw("%s HTTP/1.1\r\nHost: localhost\r\n%s%sConnection: close\r\n\r\n%s"
            .formatted(
                line,
                headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n",
                body.isEmpty()
                    ? ""
                    : "Content-Type: application/json\r\nContent-Length: %d\r\n"
                        .formatted(body.length()),
                body));
  }

  private static String send(String line) {
    return send(line, "");
  }

  private static void assertStatus(int status, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
  }

  @Test
  void everythingIsBelowIt() {
    assertStatus(201, send("POST " + API + "/key/a%2Fb/", "{\"value\": 1}"));
    String found = send("GET " + API + "/key/a%2Fb");
    assertStatus(200, found);
    assertTrue(found.contains("\"key\":\"a/b\""), found);
    assertStatus(200, send("DELETE " + API + "/key/a%2Fb/"));
    assertStatus(200, send("GET " + API + "/stats/"));
    assertStatus(404, send("GET " + API + "/jobs/none/events"));
    assertStatus(200, send("GET /tools/cache/metrics"));
    assertStatus(200, send("GET /tools/cache/livez/"));
    assertStatus(200, send("GET /tools/cache/console/"));
    assertStatus(200, send("GET /tools/cache/console/lib/htm.module.js"));
    assertTrue(
        send("GET /tools/cache/console").contains("\r\nLocation: /tools/cache/console/\r\n"));
    assertStatus(200, send("GET /tools/cache/docs/"));
    assertStatus(200, send("GET /tools/cache/docs/swagger-ui.css"));
    assertTrue(send("GET /tools/cache/docs").contains("\r\nLocation: /tools/cache/docs/\r\n"));
    String document = send("GET /tools/cache/openapi.json");
    assertTrue(document.contains("\"servers\":[{\"url\":\"/tools/cache\"}]"), document);
    assertTrue(document.contains("\"/api/cache/stats\":{"), document);
  }

  @Test
  void aLargeValueIsTakenBelowItToo() {
    String value = "\"" + "x".repeat(3 * 1024 * 1024) + "\"";
    String answer = send("POST " + API + "/key/large/", "{\"value\": " + value + "}");
    assertFalse(answer.contains("body-too-large"), answer);
  }

  @Test
  void nothingIsOutsideIt() {
    for (String path : List.of(
        "/",
        "/api/cache/",
        "/api/cache/keys/",
        "/tools/",
        "/tools/cachex/api/cache/keys/",
        "/tools/Cache/api/cache/keys/",
        "/tools/%63ache/api/cache/keys/",
        "/console/",
        "/console/base/start.js",
        "/metrics",
        "/livez",
        "/readyz",
        "/docs/",
        "/docs/docs.js",
        "/openapi.json")) {
      for (String method : List.of("GET", "HEAD", "POST", "DELETE", "OPTIONS", "BREW")) {
        String answer = send(method + " " + path);
        assertStatus(404, answer);
        HttpBrowsersIT.assertHeaders(answer);
      }
      assertTrue(send("GET " + path).contains("this service is below \\\"/tools/cache/\\\""), path);
    }
    String up = send("DELETE /tools/cache/../cache/api/cache/");
    assertStatus(400, up);
    HttpBrowsersIT.assertHeaders(up);
  }

  @Test
  void linksAndProblemsCarryIt() {
    String started = send("POST " + API + "/?async=true");
    assertStatus(202, started);
    assertTrue(started.contains("\r\nLocation: " + API + "/jobs/"), started);
    String job = started.split("Location: ")[1].split("\r\n")[0];
    assertStatus(200, send("GET " + job));
    String missing = send("GET " + API + "/key/missing/");
    assertTrue(missing.contains("\"instance\":\"" + API + "/key/missing/\""), missing);
    String unknown = send("GET " + API + "/key/a/b/");
    assertTrue(unknown.contains("a slash within a key is written %2F"), unknown);
    assertTrue(unknown.contains("\"instance\":\"" + API + "/key/a/b/\""), unknown);
  }

  @Test
  void theIndexesLinkBelowIt() {
    for (String root : List.of("/tools/cache", "/tools/cache/")) {
      String answer = send("GET " + root);
      assertStatus(200, answer);
      assertTrue(answer.contains("\"api\":\"" + API + "/\""), answer);
    }
    String index = send("GET " + API + "/");
    assertStatus(200, index);
    TreeSet<String> links = new TreeSet<>(List.of(index.split("\"")));
    links.removeIf(part -> !part.startsWith("/"));
    assertTrue(links.size() > 5, index);
    for (String link : links) {
      assertTrue(
          link.startsWith(API + "/") || link.matches("/tools/cache/(console/|docs/|openapi.json)"),
          link);
      assertStatus(200, send("GET " + link));
    }
  }

  @Test
  void linksFromElsewhereLeadToItsPages() {
    String[] link = {
      "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"
    };
    assertStatus(200, send("GET /tools/cache/", "", link));
    assertStatus(200, send("GET /tools/cache", "", link));
    assertStatus(200, send("GET /tools/cache/console/", "", link));
    assertStatus(403, send("GET /tools/cache/console/base/start.js", "", link));
    assertStatus(403, send("GET /console/", "", link));
    assertStatus(403, send("GET " + API + "/", "", link));
  }

  @Test
  void pagesOfTheProxyAreOurs() {
    String[] proxied = {
      "X-Forwarded-For: 203.0.113.7",
      "X-Forwarded-Proto: https",
      "X-Forwarded-Host: cache.example",
      "Origin: https://cache.example"
    };
    assertStatus(200, send("GET " + API + "/keys/", "", proxied));
    proxied[3] = "Origin: http://cache.example";
    assertStatus(403, send("GET " + API + "/keys/", "", proxied));
    proxied[2] = "X-Forwarded-Host: evil.example";
    assertStatus(421, send("GET " + API + "/keys/", "", proxied));
    proxied[1] = "X-Forwarded-Proto: https, http";
    proxied[2] = "X-Forwarded-Host: cache.example";
    String answer = send("GET " + API + "/keys/", "", proxied);
    assertStatus(400, answer);
    HttpBrowsersIT.assertHeaders(answer);
  }
}
