package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

/** What no honest client sends: it is refused in plain words, and is never a fault of ours. */
class HttpHostileInputIT {
  private static final List<String> NUMBERS = List.of(
      "1e99999999999",
      "-1e99999999999",
      "1e-99999999999",
      "1e2147483647",
      "1e2147483648",
      "1e400",
      "1e-400",
      "0.5",
      "-0",
      "01",
      "+1",
      "NaN",
      "9223372036854775808",
      "9".repeat(999),
      "9".repeat(2_000));

  private static final List<String> OTHERS = List.of(
      "null",
      "true",
      "{}",
      "[]",
      "[".repeat(100_000),
      "[".repeat(499) + "]".repeat(499),
      "{\"a\":".repeat(100_000),
      "{\"a\":1,\"a\":2}",
      "\"\\ud800\"",
      "\"\\udc00\\ud800\"",
      "\"\\u0000\"",
      "\"\u0000\"",
      "\"\\x\"",
      "\"\uFEFF\"",
      "\"" + "x".repeat(300) + "\"",
      "\"" + "x".repeat(1_900_000) + "\"",
      "[" + "1,".repeat(100_000) + "1]",
      "[1e99999999999]",
      "{\"base64\":1e99999999999}",
      "{\"base64\":\"!\"}");

  private static final List<String> REQUESTS = List.of(
      "POST /key/a/ value timeout",
      "PUT /key/a/ timeout",
      "DELETE /key/a/ timeout",
      "DELETE /pattern/manage/ pattern dry_run max_keys fresh rate plan prefix prefix_base64 app"
          + " min_size max_size ttl_below ttl_above no_ttl idle_above idle_below never_fetched server",
      "PUT /pattern/manage/ pattern timeout jitter",
      "POST /keys/get/ keys keys_base64",
      "POST /keys/delete/ keys keys_base64",
      "POST /keys/refresh/ keys timeout jitter",
      "POST /restore/ name mode pattern ttl cold_only salvage dry_run app",
      "POST /auto-dump/ interval_seconds",
      "PUT /auto-dump/ interval_seconds",
      "DELETE /apps/a/ dry_run");

  private static final List<String> QUERIES = List.of(
      "/keys/ limit cursor details min_size max_size ttl_below ttl_above no_ttl idle_above idle_below never_fetched server"
          + " app prefix prefix_base64 sort order fresh",
      "/pattern/ pattern values limit app",
      "/pattern/stats/ pattern values limit",
      "/tree/ prefix delimiter sort limit",
      "/analysis/ min_size pattern app",
      "/key/ key_base64",
      "/apps/registry/ limit",
      "/dumps/none/keys/ cursor limit",
      "/dumps/none/diff/ limit");

  private static final List<String> PARAMETERS = List.of(
      "1e999999999",
      "9".repeat(20_000),
      "-1",
      "%2B1",
      "%00",
      "%FF",
      "%C0%80",
      "%ED%A0%80",
      "%F4%90%80%80",
      "%EF%BB%BF1",
      "%D9%A1",
      "%u0041",
      "%E2%80%AE",
      "%0A",
      "%",
      "",
      "a".repeat(20_000),
      "(".repeat(900));

  /** Its own: some of what is sent is understood, and changes more than keys. */
  private static RunningService service;

  private ApiClient api;

  @BeforeAll
  static void start() {
    service = RunningService.start(StoreKind.MEMORY, "development", Map.of());
  }

  @AfterAll
  static void close() {
    service.close();
  }

  @BeforeEach
  void empty() {
    api = service.client();
    api.delete("/").expect(200);
    api.put("a", "1");
  }

  @Test
  void noFieldValueIsAnInternalError() {
    for (String request : REQUESTS) {
      String[] parts = request.split(" ");
      for (int i = 2; i < parts.length; i++) {
        for (List<String> values : List.of(NUMBERS, OTHERS)) {
          for (String value : values) {
            assertNoFault(parts[0], parts[1], "{\"%s\":%s}".formatted(parts[i], value));
          }
        }
      }
    }
  }

  private Reply assertNoFault(String method, String path, String body) {
    Reply reply = api.send(method, path, body);
    if (reply.status() >= 300) {
      assertTrue(reply.status() < 500, () -> "%s %s %.200s".formatted(method, path, body));
      reply.expectProblem(reply.status(), reply.text("type").replace("urn:cache-app:problem:", ""));
      assertTrue(reply.response().body().length < 100_000, path);
    }
    return reply;
  }

  @Test
  void noParameterValueIsAnInternalError() {
    for (String request : QUERIES) {
      String[] parts = request.split(" ");
      for (int i = 1; i < parts.length; i++) {
        for (String value : PARAMETERS) {
          String answer =
              api.raw("GET %s%s?%s=%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .formatted(ApiClient.BASE, parts[0], parts[i], value));
          assertTrue(
              answer.startsWith("HTTP/1.1 2") || answer.startsWith("HTTP/1.1 4"),
              parts[0] + parts[i] + value + answer);
        }
      }
    }
  }

  /** Pieces of JSON one behind the other, of which some are whole. */
  @Test
  void noBodyIsAnInternalError() {
    List<String> pieces = List.of(
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u",
        "d800",
        "\"a\"",
        "\"value\":",
        "\"keys\":",
        "\"pattern\":\"zz\"",
        "\"timeout\":",
        "1",
        "-",
        ".",
        "e",
        "999999999999",
        "null",
        "true",
        "\u0000",
        "\uFEFF",
        "\uFFFF",
        "é",
        "🔑",
        "//",
        "/*",
        "*/",
        "'",
        "\n",
        " ",
        "NaN",
        "0x");
    Random random = new Random(15);
    for (int round = 0; round < 3_000; round++) {
      String inside = random
          .ints(random.nextInt(8), 0, pieces.size())
          .mapToObj(pieces::get)
          .collect(Collectors.joining());
      String[] request = REQUESTS.get(random.nextInt(REQUESTS.size())).split(" ");
      String field = request[2 + random.nextInt(request.length - 2)];
      String body = random.nextBoolean() ? inside : "{\"%s\":%s}".formatted(field, inside);
      assertNoFault(request[0], request[1], body);
    }
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    List<String> bodies = new ArrayList<>(
        List.of("{\"\u00ff\":1}", "{\"a\":\"\u00c0\u0080\"}", "\u0000", "{}\u00ff"));
    for (String other : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      byte[] encoded = "{\"timeout\":60}".getBytes(Charset.forName(other));
      bodies.add(new String(encoded, StandardCharsets.ISO_8859_1));
    }
    for (String bytes : bodies) {
      String answer = api.raw(("PUT %s/key/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s")
          .formatted(ApiClient.BASE, bytes.length(), bytes));
      assertTrue(answer.startsWith("HTTP/1.1 400") && answer.contains("invalid-body"), answer);
    }
  }

  @Test
  void manyUnknownFieldsAreRefused() {
    String fields = IntStream.range(0, 100_000)
        .mapToObj("\"f%d\":1"::formatted)
        .collect(Collectors.joining(",", "{", "}"));
    Reply body = api.send("PUT", "/key/a/", fields).expectProblem(400, "invalid-parameter");
    assertTrue(body.text("detail").contains("has 100000 names"), body.text("detail"));
    String query =
        IntStream.range(0, 3_000).mapToObj("f%d"::formatted).collect(Collectors.joining("&"));
    api.send("PUT", "/key/a/?" + query, null).expectProblem(400, "invalid-parameter");
  }

  @Test
  void aDeepValueIsReadWhereverItStands() {
    String deep = "[".repeat(499) + "]".repeat(499);
    api.send("POST", "/key/deep/", "{\"value\":" + deep + "}").expect(201);
    String answer =
        api.raw(("GET %s/pattern/?pattern=deep&values=true HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: close\r\n\r\n")
            .formatted(ApiClient.BASE));
    assertTrue(answer.startsWith("HTTP/1.1 200") && answer.contains(deep), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /\r\n\r\n",
        "GET / HTTP/0.9\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.3\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n",
        "GET / FOO\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u0016\u0003\u0001\u0000\u00a5\u0001\r\n\r\n",
        "GET http:// HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: :::\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\n: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nnothing\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"
      })
  void aMalformedHeadIsAProblem(String head) {
    String answer = api.raw(head);
    assertTrue(
        answer.startsWith("HTTP/1.1 400") && answer.contains("urn:cache-app:problem:bad-request")
            || answer.startsWith("HTTP/1.1 505")
                && answer.contains("urn:cache-app:problem:http-version-not-supported"),
        answer);
  }

  @Test
  void anUnknownCharsetIsNoFault() {
    api.send("PUT", "/key/a/", "{}", "application/json; charset=foo")
        .expectProblem(415, "unsupported-media-type");
    api.send("PUT", "/key/a/", "{}", "text/plain; charset=\"")
        .expectProblem(415, "unsupported-media-type");
  }
}
