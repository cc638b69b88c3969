package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

/** The page that shows the OpenAPI document, as a browser asks for it. */
class HttpDocsIT {
  private static final Pattern LOADED =
      Pattern.compile("<(?:script src|link [^>]*href)=\"([^\"]+)\"");

  private final ApiClient api = RunningService.fresh(StoreKind.MEMORY).client();

  private static String text(Reply reply) {
    return new String(reply.response().body(), StandardCharsets.UTF_8);
  }

  /** What a policy says of each kind of content. */
  private static Map<String, String> policy(Reply reply) {
    Map<String, String> directives = new HashMap<>();
    for (String directive : reply.header("content-security-policy").split("; ")) {
      String[] parts = directive.split(" ", 2);
      directives.put(parts[0], parts[1]);
    }
    return directives;
  }

  @Test
  void everyFileOfThePageIsServed() {
    String page = text(api.outside("GET", "/docs/").expect(200));
    Matcher files = LOADED.matcher(page);
    int count = 0;
    while (files.find()) {
      if (files.group(1).startsWith("data:")) {
        continue;
      }
      Reply file = api.outside("GET", "/docs/" + files.group(1)).expect(200);
      String type = file.header("content-type");
      String wanted = files.group(1).endsWith(".js") ? "text/javascript" : "text/css";
      assertTrue(type.equalsIgnoreCase(wanted + "; charset=utf-8"), type);
      count++;
    }
    assertEquals(4, count, page);
    assertTrue(text(api.outside("GET", "/docs/docs.js")).contains("url: '../openapi.json'"), page);
    assertEquals(
        "application/json", api.outside("GET", "/openapi.json").expect(200).header("content-type"));
  }

  @Test
  void thePolicyAllowsOwnFilesOnly() {
    Reply page = api.outside("GET", "/docs/").expect(200);
    Map<String, String> policy = policy(page);
    assertEquals("'none'", policy.get("default-src"));
    for (String kind : List.of("script-src", "style-src", "connect-src")) {
      assertEquals("'self'", policy.get(kind), kind);
    }
    assertEquals("'self' data:", policy.get("img-src"));
    assertEquals("'none'", policy.get("frame-ancestors"));
    String html = text(page);
    assertFalse(html.matches("(?s).*(<style|style=|<script>| on[a-z]+=|https?:).*"), html);
  }

  @Test
  void anUnchangedFileIsNotSentAgain() {
    for (String path : List.of("/docs/", "/docs/swagger-ui-bundle.js", "/openapi.json")) {
      Reply first = api.outside("GET", path).expect(200);
      String tag = first.header("etag");
      assertEquals("no-cache", first.header("cache-control"), path);
      String known = api.raw(
          "GET %s HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: \"old\", W/%s\r\nConnection: close\r\n\r\n"
              .formatted(path, tag));
      assertTrue(known.startsWith("HTTP/1.1 304 "), known);
      assertTrue(known.contains("\r\nETag: " + tag + "\r\n"), known);
      String old = api.raw(
          "GET %s HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: \"old\"\r\nConnection: close\r\n\r\n"
              .formatted(path));
      assertTrue(old.startsWith("HTTP/1.1 200 "), old);
      assertEquals(0, api.outside("HEAD", path).expect(200).response().body().length);
    }
  }

  @Test
  void otherFilesAreNotServed() {
    for (String path : List.of(
        "/docs/nothing",
        "/docs/index.html",
        "/docs/swagger-ui.js",
        "/docs/docs/docs.js",
        "/docs/..%2Fdocs.js")) {
      int status = api.outside("GET", path).status();
      assertTrue(status == 404 || status == 400, path + " got " + status);
    }
    assertEquals("/docs/", api.outside("GET", "/docs").expect(301).header("location"));
  }

  @Test
  void thePageNeedsNoTokenButTheApiDoes() {
    try (RunningService limited =
        RunningService.withTokens(StoreKind.MEMORY, "development", "viewer viewer")) {
      ApiClient anybody = limited.client();
      for (String path : List.of("/docs/", "/docs/docs.js", "/openapi.json")) {
        anybody.outside("GET", path).expect(200);
      }
      anybody.get("/stats/").expectProblem(401, "unauthorized");
      anybody.outside("GET", "/docs/nothing").expectProblem(401, "unauthorized");
      assertEquals(
          "bearer",
          anybody
              .outside("GET", "/openapi.json")
              .text("/components/securitySchemes/bearerAuth/scheme"));
    }
  }
}
