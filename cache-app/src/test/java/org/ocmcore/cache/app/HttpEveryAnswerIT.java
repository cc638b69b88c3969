package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;

/** Every method, on every kind of path, with every mixture of the headers that browsers send. */
class HttpEveryAnswerIT extends HttpFixture {
  private static final List<String> METHODS = List.of(
      "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW");

  private static final Set<String> PAGES = Set.of("/", "/console", "/console/", "/docs", "/docs/");

  private static final List<String> PATHS = List.of(
      "/",
      "/console",
      "/console/",
      "/console/base/start.js",
      "/console/lib/htm.module.js",
      "/console/base/nothing.js",
      "/console/nothing",
      "/docs/",
      "/docs",
      "/docs/docs.js",
      "/docs/nothing",
      "/openapi.json",
      "/favicon.ico",
      "/nothing",
      "/metrics",
      "/livez",
      "/readyz",
      "/readyz?verbose",
      "/api/cache/stats/history/",
      "/api/cache/",
      "/api/cache/stats/",
      "/api/cache/key/k/",
      "/api/cache/nothing/",
      "/api/cache/pattern/?pattern=(",
      "/api/cache/jobs/x/events",
      "/api/cache/dumps/x/file");

  private static final String NAVIGATE = "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document";

  /** Headers, and what they make of a request: foreign, a link from elsewhere, or own. */
  private static final Map<String, String> SENDERS = Map.ofEntries(
      Map.entry("Host: evil.example", "421"),
      Map.entry("Host: evil.example\r\nOrigin: http://evil.example", "421"),
      Map.entry("Host: evil.example\r\nSec-Fetch-Site: same-origin", "421"),
      Map.entry("Host: evil.example\r\nSec-Fetch-Site: cross-site\r\n" + NAVIGATE, "421"),
      Map.entry("Host: localhost\r\nSec-Fetch-Site: cross-site", "403"),
      Map.entry("Host: localhost\r\nSec-Fetch-Site: same-site", "403"),
      Map.entry("Host: localhost\r\nOrigin: http://evil.example", "403"),
      Map.entry("Host: localhost\r\nOrigin: null", "403"),
      Map.entry("Host: localhost\r\nSec-Fetch-Site: none\r\nOrigin: null", "403"),
      Map.entry(
          "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: document",
          "403"),
      Map.entry(
          "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe",
          "403"),
      Map.entry(
          "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n" + NAVIGATE,
          "403"),
      Map.entry("Host: localhost\r\nSec-Fetch-Site: cross-site\r\n" + NAVIGATE, "link"),
      Map.entry("Host: localhost\r\nSec-Fetch-Site: same-site\r\n" + NAVIGATE, "link"),
      Map.entry("Host: localhost\r\nOrigin: null\r\nAccess-Control-Request-Method: DELETE", "403"),
      Map.entry("Host: localhost", "own"),
      Map.entry("Host: localhost\r\nSec-Fetch-Site: none\r\n" + NAVIGATE, "own"),
      Map.entry(
          "Host: localhost\r\nSec-Fetch-Site: same-origin\r\nOrigin: http://localhost", "own"));

  @Test
  void everyRequestIsJudgedAlike() {
    api.put("k", "\"secret\"");
    for (String path : PATHS) {
      for (String method : METHODS) {
        SENDERS.forEach((headers, sender) -> judge(method, path, headers, sender));
      }
    }
    assertEquals("secret", api.get("/key/k/").expect(200).text("value"));
    assertFalse(Files.exists(service.dumpFile()));
  }

  private void judge(String method, String path, String headers, String sender) {
    boolean isOwn = sender.equals("own")
        || sender.equals("link") && method.equals("GET") && PAGES.contains(path);
    if (isOwn && changes(method, path)) {
      return;
    }
    String answer = api.raw(
        "%s %s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n".formatted(method, path, headers));
    String request = method + " " + path + " " + headers;
    HttpBrowsersIT.assertHeaders(answer);
    if (isOwn) {
      assertFalse(
          answer.startsWith("HTTP/1.1 403 ") || answer.startsWith("HTTP/1.1 421 "),
          () -> request + answer);
      assertTrue(answer.matches("(?s)HTTP/1.1 (200|301|400|404|405) .*"), () -> request + answer);
    } else {
      String status = sender.equals("link") ? "403" : sender;
      // Jetty refuses CONNECT to what is no host and port before anything looks at it.
      String either = method.equals("CONNECT") ? "400|" + status : status;
      assertTrue(answer.matches("(?s)HTTP/1.1 (" + either + ") .*"), () -> request + answer);
      assertFalse(answer.contains("secret"), answer);
    }
  }

  private static boolean changes(String method, String path) {
    return path.startsWith("/api/cache/") && Set.of("POST", "PUT", "DELETE").contains(method);
  }

  @Test
  void changesNeedJsonInUtf8() {
    String json = "{\"value\": \"new\"}";
    for (String type : List.of(
        "application/json",
        "Application/JSON",
        "application/json;charset=utf-8",
        "application/json ; charset=UTF-8",
        "application/json; charset=\"utf-8\"")) {
      assertEquals(200, Math.min(200, api.send("POST", "/key/a/", json, type).status()), type);
    }
    api.delete("/key/a/").expect(200);
    for (String type : List.of(
        "text/plain",
        "text/plain; charset=utf-8",
        "text/plain; application/json",
        "text/plain, application/json",
        "application/json, text/plain",
        "application/json; charset=utf-16",
        "application/json; charset=utf-8; charset=utf-7",
        "application/json; boundary=application/json",
        "application/json;",
        "application/jsonp",
        "application/merge-patch+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "*/*",
        "json")) {
      api.send("POST", "/key/a/", json, type).expectProblem(415, "unsupported-media-type");
    }
    String twice = api.raw(
        "POST /api/cache/key/a/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Type: text/plain\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(json.length(), json));
    assertTrue(twice.startsWith("HTTP/1.1 415 "), twice);
    api.get("/key/a/").expect(404);
  }

  @Test
  void theIndexLinksOnlyWhatAnswers() {
    ApiClient.Reply index = api.get("/").expect(200);
    assertEquals("Cache App", index.text("name"));
    assertEquals("development", index.text("environment"));
    assertFalse(index.text("version").isEmpty());
    assertTrue(index.at("links").size() > 5);
    index.at("links").forEach(link -> api.outside("GET", link.stringValue()).expect(200));
    assertEquals(0, api.send("HEAD", "/", null).expect(200).response().body().length);
    String root = api.raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    for (String link :
        List.of("api\":\"/api/cache/", "docs\":\"/docs/", "openapi\":\"/openapi.json")) {
      assertTrue(root.contains('"' + link + '"'), root);
      assertTrue(link.startsWith("api") || index.json().toString().contains(link), link);
    }
  }
}
