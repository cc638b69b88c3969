package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;

/**
 * Paths that a client, a proxy or a server may shorten to another one. They are sent as they are,
 * and none of them does what the shortened one would do.
 */
class HttpPathsIT extends HttpFixture {
  private static final List<String> CHANGING = List.of("POST", "PUT", "DELETE", "PATCH", "BREW");

  /** Behind the base path; each leads to an endpoint if it is resolved in one way or another. */
  private static final List<String> AMBIGUOUS = List.of(
      "/key/..",
      "/key/../",
      "/key/.",
      "/key/./",
      "/key/./k/",
      "/key/x/../k/",
      "/key/x/..",
      "/./key/k/",
      "/../cache/key/k/",
      "/keys/../key/k/",
      "/key/%2e%2e/",
      "/key/%2E%2E",
      "/key/.%2e/",
      "/key/%2e/",
      "/key/%2e%2e%2fkey%2fk/",
      "/key/x%2F..%2Fk/",
      "/key/..%2F/",
      "/key/x%2f../",
      "/key/..%5c/",
      "/key/x%5C..%5Ck/",
      "/key/..\\/",
      "/key\\k/",
      "\\key\\k",
      "/key/x\\..\\k",
      "//key/k/",
      "/key//k/",
      "/key/k//",
      "//",
      "///",
      "/key%2Fk/",
      "%2Fkey%2Fk/",
      "%2F",
      "/%2F",
      "/%6Bey/k/",
      "/key;x=1/k/",
      "/key/k;x=1/",
      "/key/k;/",
      "/;x/key/k/",
      ";x=1",
      ";x=1/",
      "/;",
      "/key/..;/",
      "/key/..;x=1/",
      "/key/..%3B/",
      "/key/%2e%2e;/",
      "/key/.;/k/",
      "/key/x/..;/k/",
      "/key/%00/",
      "/key/k%00/",
      "/key/k%00.json",
      "/%00",
      "/key/%c0%ae%c0%ae/",
      "/key/%e0%80%ae%e0%80%ae/",
      "/key/%c0%af/",
      "/key/x%c0%af..%c0%afk/",
      "/key/%u002e%u002e/",
      "/key/%ff/",
      "/key/%/",
      "/key/%2/",
      "/key/k#/",
      "/key/k%0d%0a/",
      "/key/k%09/",
      "/key/k%20/",
      "/KEY/k/",
      "/pattern/x/../manage/?pattern=k",
      "/pattern/%2e%2e/pattern/manage/?pattern=k",
      "/pattern%2Fmanage/?pattern=k",
      "/pattern/manage;x/?pattern=k",
      "/pattern//manage/?pattern=k",
      "/apps/../apps/global/",
      "/apps/global;x/",
      "/apps/global%00/",
      "/apps//global/",
      "/restore/../",
      "/restore;/",
      "/auto-dump/..",
      "/auto-dump/..;/");

  private static final String BODY =
      "{\"value\": \"stolen\", \"timeout\": 5, \"pattern\": \"k\", \"interval_seconds\": 9}";

  @Test
  void noAmbiguousPathActsAsAnotherEndpoint() {
    api.put("k", "\"kept\"");
    for (String path : AMBIGUOUS) {
      for (String method : CHANGING) {
        for (String body : List.of("", BODY)) {
          assertRefused(method, "/api/cache" + path, body);
        }
      }
      assertNothingDone(path);
    }
  }

  @Test
  void noPathFromElsewhereLeadsIntoTheApi() {
    api.put("k", "\"kept\"");
    for (String path : List.of(
        "/x/../api/cache/",
        "/console/../api/cache/key/k/",
        "/docs/%2e%2e/api/cache/",
        "//api/cache/",
        "//api/cache/key/k/",
        "/api//cache/",
        "/api/./cache/",
        "/api%2Fcache/",
        "/%2Fapi/cache/",
        "/api\\cache/",
        "\\api\\cache\\",
        "/api;x/cache/",
        "/api/%63ache/key/k/",
        "/API/cache/",
        "api/cache/",
        "*",
        "http://localhost/x/../api/cache/")) {
      for (String method : CHANGING) {
        assertRefused(method, path, "");
      }
      assertNothingDone(path);
    }
  }

  private void assertRefused(String method, String path, String body) {
    String answer = api.raw(
        "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(method, path, body.length(), body));
    // A verb that no path takes is refused before the key is parsed.
    String statuses = Set.of("PATCH", "BREW").contains(method) ? "400|404|405" : "400|404";
    assertTrue(
        answer.matches("(?s)HTTP/1.1 (" + statuses + ") .*"),
        () -> method + " " + path + " got " + answer);
    assertTrue(answer.contains("urn:cache-app:problem:"), answer);
    HttpBrowsersIT.assertHeaders(answer);
  }

  private void assertNothingDone(String path) {
    // What is done through the service is in the index at once.
    assertEquals(List.of("k"), api.get("/keys/").expect(200).texts("keys"), path);
    assertEquals("kept", api.get("/key/k/").expect(200).text("value"), path);
    assertTrue(api.get("/key/k/").number("ttl_seconds") > 60, path);
    assertFalse(api.get("/auto-dump/").at("running").booleanValue(), path);
    assertFalse(Files.exists(service.dumpFile()), path);
  }

  @Test
  void keysThatOnlyLookLikeItAreKeysStill() {
    for (String key :
        List.of("a/b", "http://x/y", "a..b", "...", "a;b", "a\\b", "/", "..a", "%2e")) {
      api.put(key, "1");
      api.get(ApiClient.key(key)).expect(200);
      api.delete(ApiClient.key(key)).expect(200);
    }
  }

  @Test
  void aKeyWithADotSegmentIsAddressedByItsBytes() {
    api.send("POST", "/key/?key_base64=YS8uLi9i", "{\"value\": 1}").expect(201);
    assertEquals("YS8uLi9i", api.get("/keys/").at("keys_base64").get("a/../b").stringValue());
    assertTrue(api.get("/keys/").text("hint").contains("key_base64="));
    String detail =
        api.get("/key/a%2F..%2Fb/").expectProblem(400, "bad-request").text("detail");
    assertTrue(detail.contains("key_base64="), detail);
    api.delete("/key/?key_base64=YS8uLi9i").expect(200);
  }
}
