package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;

/** What a web page can make a browser send, and what every answer says to browsers. */
class HttpBrowsersIT {
  private static final String KEYS = "GET /api/cache/keys/";

  /** One of each sort of path, none of them without a guard. */
  private static final List<String> EVERYWHERE = List.of(
      KEYS,
      "HEAD /api/cache/keys/",
      "GET /",
      "GET /nothing",
      "GET /metrics",
      "GET /livez",
      "GET /readyz",
      "GET /openapi.json",
      "GET /docs",
      "GET /docs/",
      "GET /docs/docs.css",
      "GET /console",
      "GET /console/",
      "GET /console/base/start.js",
      "GET /console/lib/preact.module.js",
      "GET /api/cache/stats/history/",
      "GET /api/cache/jobs/x/events",
      "GET /api/cache/dumps/x/file",
      "GET /api/cache/pattern/?pattern=(",
      "OPTIONS /api/cache/key/k/",
      "POST /api/cache/",
      "POST /api/cache/restore/",
      "DELETE /api/cache/",
      "DELETE /api/cache/key/k/",
      "BREW /api/cache/stats/");

  private static final List<String> FOREIGN = List.of(
      "Sec-Fetch-Site: cross-site",
      "Sec-Fetch-Site: same-site",
      "Sec-Fetch-Site: CROSS-SITE",
      "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site",
      "Sec-Fetch-Site: none\r\nOrigin: http://evil.example",
      "Origin: null",
      "Origin: ",
      "Origin: http://evil.example",
      "Origin: http://localhost",
      "Origin: http://localhost:3000",
      "Origin: http://127.0.0.1:8080",
      "Origin: http://localhost:8080.evil.example",
      "Origin: http://localhost:8080@evil.example",
      "Origin: chrome-extension://abc",
      "Origin: http://localhost:8080\r\nOrigin: http://evil.example");

  private RunningService service;
  private ApiClient api;

  @BeforeEach
  void start() {
    service = RunningService.fresh(StoreKind.MEMORY);
    api = service.client();
    api.put("k", "\"secret\"");
  }

  private String send(String line, String... headers) {
    return send(api, line, headers);
  }

  private static String send(ApiClient client, String line, String... headers) {
    return client.raw("%s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n"
        .formatted(line, String.join("\r\n", headers)));
  }

  private static void assertStatus(int status, String answer, String sent) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), () -> sent + " got " + answer);
  }

  private void assertNothingDone() {
    assertEquals("secret", api.get("/key/k/").expect(200).text("value"));
    assertFalse(Files.exists(service.dumpFile()));
  }

  @Test
  void aHostThatIsNotOursGetsNothing() {
    for (String line : EVERYWHERE) {
      String answer = send(line, "Host: rebound.evil.example:8080");
      assertStatus(421, answer, line);
      assertEquals(
          !line.startsWith("HEAD"),
          answer.contains("urn:cache-app:problem:host-not-allowed"),
          answer);
      assertFalse(answer.contains("secret"), answer);
    }
    for (String host : List.of(
        "a.localhost",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
        "192.0.2.1",
        "[2001:db8::1]")) {
      assertStatus(421, send(KEYS, "Host: " + host), host);
    }
    assertNothingDone();
  }

  @Test
  void aHostThatIsOursIsAnswered() {
    for (String host : List.of(
        "localhost",
        "LOCALHOST:1",
        "localhost.",
        "127.0.0.1",
        "127.1.2.3:8080",
        "[::1]",
        "[0:0:0:0:0:0:0:1]:8080")) {
      assertStatus(200, send(KEYS, "Host: " + host), host);
    }
  }

  @Test
  void aHostThatCannotBeIsRefused() {
    for (String host : List.of("", "127.1", "2130706433", "a b", "[::1", "localhost,evil", "a@b")) {
      assertStatus(400, send(KEYS, "Host: " + host), host);
    }
    assertStatus(400, send(KEYS, "Accept: */*"), "no Host");
    assertStatus(400, send(KEYS, "Host: localhost", "Host: localhost"), "two Hosts");
    assertStatus(400, send("GET http://evil.example/ ", "Host: localhost"), "another target");
    String old = api.raw("GET /api/cache/keys/ HTTP/1.0\r\n\r\n");
    assertTrue(old.contains(" 400 ") && old.contains("Host"), old);
  }

  @Test
  void anAllowedHostIsAnsweredOnAnyPort() {
    try (RunningService other = RunningService.start(
        StoreKind.MEMORY,
        "development",
        Map.of("CACHE_HTTP_ALLOWED_HOSTS", "Cache.Example:9, 10.9.8.7"))) {
      for (String host : List.of("cache.example", "CACHE.example.:8443", "10.9.8.7:80")) {
        assertStatus(200, send(other.client(), KEYS, "Host: " + host), host);
      }
      assertStatus(421, send(other.client(), KEYS, "Host: a.cache.example"), "a subdomain");
      assertStatus(
          200,
          send(other.client(), KEYS, "Host: cache.example", "Origin: https://cache.example"),
          "a page of its own");
    }
  }

  @Test
  void anotherSiteIsRefusedWhateverItAsks() {
    for (String line : EVERYWHERE) {
      for (String headers : FOREIGN) {
        String answer = send(line, "Host: localhost:8080", headers);
        assertStatus(403, answer, line + headers);
        assertEquals(
            !line.startsWith("HEAD"),
            answer.contains("urn:cache-app:problem:cross-site-request"),
            answer);
        assertFalse(answer.contains("secret"), answer);
      }
    }
    assertNothingDone();
  }

  @Test
  void aPageOfOursIsAnswered() {
    for (String headers : List.of(
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: none",
        "Origin: http://localhost:8080",
        "Origin: https://localhost:8080",
        "Sec-Fetch-Site: same-origin\r\nOrigin: http://localhost:8080")) {
      assertStatus(200, send(KEYS, "Host: localhost:8080", headers), headers);
    }
    assertStatus(200, send(KEYS, "Host: localhost", "Origin: http://localhost:80"), "port 80");
    assertStatus(200, send(KEYS, "Host: localhost:443", "Origin: https://localhost"), "port 443");
  }

  @Test
  void linksFromAnywhereLeadToPagesOnly() {
    String[] link = {
      "Host: localhost",
      "Sec-Fetch-Site: cross-site",
      "Sec-Fetch-Mode: navigate",
      "Sec-Fetch-Dest: document"
    };
    for (String page : List.of("/", "/console/", "/docs/", "/?from=there")) {
      assertStatus(200, send("GET " + page, link), page);
      assertStatus(403, send("POST " + page, link), page);
      assertStatus(
          403, send("GET " + page, link[0], link[1], link[2], "Sec-Fetch-Dest: iframe"), page);
      assertStatus(403, send("GET " + page, link[0], link[1], link[3]), page);
    }
    for (String other : List.of(
        "/api/cache/keys/",
        "/console/../api/cache/keys/",
        "//",
        "/docsx",
        "/docs/docs.js",
        "/console/base/start.js",
        "/openapi.json")) {
      assertStatus(403, send("GET " + other, link), other);
    }
  }

  @Test
  void aFormOnAForeignPageDoesNothing() {
    String body = "{\"value\": \"stolen\", \"=\": \"\"}";
    String length = "Content-Length: " + body.length();
    for (String sender : List.of(
        "Origin: http://evil.example",
        "Origin: null",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document")) {
      for (String path : List.of("key/k/", "", "restore/", "keys/delete/")) {
        String answer = api.raw(
            "POST /api/cache/%s HTTP/1.1\r\nHost: localhost\r\n%s\r\nContent-Type: text/plain\r\n%s\r\nConnection: close\r\n\r\n%s"
                .formatted(path, sender, length, body));
        assertStatus(403, answer, sender + path);
      }
    }
    assertNothingDone();
  }

  @Test
  void aRefusalDoesNotWaitForTheBody() {
    String unsent = "Content-Type: application/json\r\nContent-Length: 1000";
    assertStatus(421, send("POST /api/cache/key/k/", "Host: evil", unsent), "a foreign host");
    assertStatus(
        403,
        send("POST /api/cache/key/k/", "Host: localhost", "Origin: null", unsent),
        "a foreign origin");
  }

  @Test
  void onlyTheVerbSaysWhatToDo() {
    for (String header : List.of(
        "X-HTTP-Method-Override", "x-http-method-override", "X-HTTP-Method", "X-Method-Override")) {
      assertStatus(
          200,
          send("GET /api/cache/key/k/?_method=DELETE", "Host: localhost", header + ": DELETE"),
          header);
      assertStatus(
          405,
          send("POST /api/cache/stats/?_method=GET", "Host: localhost", header + ": GET"),
          header);
      assertStatus(
          404, send("DELETE /api/cache/key/missing/", "Host: localhost", header + ": GET"), header);
    }
    assertNothingDone();
  }

  @Test
  void everyAnswerHasTheHeadersForBrowsers() {
    for (String line : EVERYWHERE) {
      assertHeaders(send(line, "Host: localhost"));
      assertHeaders(send(line, "Host: evil.example"));
      assertHeaders(send(line, "Host: localhost", "Origin: null"));
    }
    assertHeaders(api.raw("rubbish\r\n\r\n"));
    assertHeaders(send("GET /%zz", "Host: localhost"));
    assertHeaders(send("GET /" + "x".repeat(40_000), "Host: localhost"));
    assertHeaders(send("GET /api/cache/keys/?fresh=1", "Host: localhost"));
  }

  /** Checks what every answer says to browsers. Those that never change for a caller have a tag. */
  static void assertHeaders(String answer) {
    String head = answer.split("\r\n\r\n")[0].toLowerCase(Locale.ROOT);
    boolean isPage = head.contains("script-src 'self'") && head.contains("\r\netag: \"");
    for (String header : List.of(
        "x-content-type-options: nosniff",
        isPage ? "cache-control: no-cache" : "cache-control: no-store",
        "referrer-policy: no-referrer",
        "content-security-policy: default-src 'none'")) {
      assertEquals(2, (head + "\r\n").split("\r\n" + header, -1).length, header + " in " + head);
    }
    assertFalse(head.contains("\r\nserver:") || head.contains("x-powered-by"), head);
    assertFalse(head.contains("access-control-"), head);
  }

  @Test
  void eventsAndDownloadsHaveTheHeadersToo() {
    String job = api.send("POST", "/?async=true", null).expect(202).text("id");
    Await.until(() -> api.get("/jobs/" + job + "/").text("state").equals("done"));
    assertHeaders(send("GET /api/cache/jobs/" + job + "/events", "Host: localhost"));
    String name = api.get("/dumps/").at("dumps").get(0).get("name").stringValue();
    assertHeaders(send("GET /api/cache/dumps/" + name + "/file", "Host: localhost"));
  }
}
