package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.app.ApiClient.Reply;

/**
 * What holds for every request: paths, verbs, keys, patterns, lifetimes, bodies and the form of
 * problems.
 */
@OnEveryStore
class HttpConventionsIT {
  private static final List<String> GETS = List.of(
      "/stats",
      "/keys",
      "/pattern?pattern=a",
      "/pattern/stats?pattern=a",
      "/key/a:1",
      "/auto-dump",
      "/dumps",
      "/jobs",
      "/apps/stats",
      "/apps/a/stats",
      "/apps/registry",
      "/apps/a/pattern?pattern=a");

  private final StoreKind store;
  private ApiClient api;

  HttpConventionsIT(StoreKind store) {
    this.store = store;
  }

  @BeforeEach
  void start() {
    api = RunningService.fresh(store).client();
  }

  @Test
  void trailingSlashIsOptional() {
    api.put("a:1", "1");
    for (String path : GETS) {
      assertEquals("application/json", api.get(path).expect(200).header("content-type"), path);
      api.get(withSlash(path)).expect(200);
    }
    api.send("POST", "", null).expect(200);
    api.send("DELETE", "", null).expect(200);
  }

  private static String withSlash(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path + "/" : path.substring(0, query) + "/" + path.substring(query);
  }

  @Test
  void everyGetAnswersHead() {
    api.put("a:1", "1");
    for (String path : GETS) {
      Reply head = api.send("HEAD", path, null).expect(200);
      assertEquals(0, head.response().body().length);
      assertEquals("application/json", head.header("content-type"));
    }
    api.send("HEAD", "/key/missing", null).expect(404);
    api.send("HEAD", "/pattern", null).expect(400);
  }

  @Test
  void wrongVerbIs405WithAllow() {
    assertAllowed("/stats/", "POST", "GET", "HEAD");
    assertAllowed("/restore/", "GET", "POST");
    assertAllowed("/jobs/", "DELETE", "GET", "HEAD");
    assertAllowed("/jobs/x/", "POST", "DELETE", "GET", "HEAD");
    assertAllowed("/jobs/x/events/", "POST", "GET", "HEAD");
    assertAllowed("/", "GET", "DELETE", "POST");
    assertAllowed("/key/a/", "PATCH", "DELETE", "GET", "HEAD", "POST", "PUT");
    assertAllowed("/pattern/manage/", "POST", "DELETE", "PUT");
    assertAllowed("/apps/x/", "GET", "DELETE");
    assertAllowed("/auto-dump/", "OPTIONS", "DELETE", "GET", "HEAD", "POST", "PUT");
  }

  private void assertAllowed(String path, String method, String... allowed) {
    Reply reply = api.send(method, path, null).expectProblem(405, "method-not-allowed");
    assertEquals(
        new TreeSet<>(Set.of(allowed)),
        new TreeSet<>(Set.of(reply.header("allow").split(", "))));
  }

  @Test
  void anUnknownPathIs404() {
    api.get("/nothing/").expectProblem(404, "no-such-path");
    api.get("/key/a/b/").expectProblem(404, "no-such-path");
    api.send("DELETE", "/apps/a/b/", null).expectProblem(404, "no-such-path");
    String outside = api.raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertTrue(
        outside.startsWith("HTTP/1.1 404")
            && outside.contains("urn:cache-app:problem:no-such-path"),
        outside);
  }

  @Test
  void whatIsNoHttpIsAProblemToo() {
    for (String request : List.of("GET\r\n\r\n", "rubbish\r\n\r\n")) {
      String answer = api.raw(request);
      assertTrue(
          answer.startsWith("HTTP/1.1 400") && answer.contains("urn:cache-app:problem:"),
          request + answer);
    }
  }

  @Test
  void invalidPercentEncodingIsExplained() {
    assertUndecodable("/key/%zz", "two hexadecimal digits");
    assertUndecodable("/key/%", "two hexadecimal digits");
    assertUndecodable("/key/%c3%28", "not UTF-8");
    assertUndecodable("/key/%ff", "not UTF-8");
    assertUndecodable("/key/%ED%A0%80", "not UTF-8");
    assertUndecodable("/key/a%00b", "and not by 00");
    assertUndecodable("/keys?limit=%zz", "two hexadecimal digits");
  }

  private void assertUndecodable(String path, String reason) {
    String answer = api.raw("GET " + ApiClient.BASE + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 400") && answer.contains(reason), path + answer);
  }

  @Test
  void truncatedBodyIsRejected() {
    for (String framing :
        List.of("Content-Length: 1\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nzz\r\n")) {
      String request =
          "PUT " + ApiClient.BASE + "/key/k HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\n" + framing;
      String answer = api.rawThenEnd(request);
      assertTrue(
          answer.startsWith("HTTP/1.1 400") && answer.contains("urn:cache-app:problem:"), answer);
    }
  }

  @Test
  void anUnknownMethodIsRefusedAsAProblem() {
    String answer = api.raw("BREW " + ApiClient.BASE
        + "/stats/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertTrue(
        answer.startsWith("HTTP/1.1 405") && answer.contains("urn:cache-app:problem:"), answer);
  }

  @Test
  void lifetimeIsWholeSecondsOrNull() {
    // Memcached counts in ticks of a second: what is to live for one may end at once.
    api.put("second", "1", "1");
    for (String timeout : List.of("60", "2592000", "2592001", "315360000", "null")) {
      Reply stored =
          api.send("POST", "/key/t/", "{\"value\": 1, \"timeout\": %s}".formatted(timeout));
      assertEquals(timeout, stored.at("timeout").toString());
      assertTtl(timeout);
      api.send("PUT", "/key/t/", "{\"timeout\": %s}".formatted(timeout)).expect(200);
      assertTtl(timeout);
      api.send(
              "PUT",
              "/pattern/manage/",
              "{\"pattern\": \"^t$\", \"timeout\": %s}".formatted(timeout))
          .expect(200);
      assertTtl(timeout);
    }
  }

  private void assertTtl(String timeout) {
    String left = api.get("/key/t/").expect(200).at("ttl_seconds").toString();
    if (timeout.equals("null")) {
      assertEquals("null", left);
    } else {
      assertTrue(
          Math.abs(Long.parseLong(left) - Long.parseLong(timeout)) <= 2, left + " of " + timeout);
    }
  }

  @Test
  void defaultLifetimeIsAnHour() {
    api.send("POST", "/key/t/", "{\"value\": 1}").expect(201);
    assertTtl("3600");
    api.send("PUT", "/key/t/", "{\"timeout\": 10}").expect(200);
    api.send("PUT", "/key/t/", null).expect(200);
    assertTtl("3600");
    assertEquals(
        3600, api.send("PUT", "/pattern/manage/", "{\"pattern\": \"t\"}").number("timeout"));
  }

  @Test
  void anyOtherLifetimeIsRefusedAndChangesNothing() {
    api.put("t", "1", "1000");
    for (String timeout : List.of(
        "0",
        "-1",
        "1.5",
        "60.0",
        "1e3",
        "\"60\"",
        "\"abc\"",
        "true",
        "[1]",
        "{\"a\":1}",
        "315360001",
        "9223372036854775808")) {
      for (Reply reply : List.of(
          api.send("PUT", "/key/t/", "{\"timeout\": %s}".formatted(timeout)),
          api.send("POST", "/key/t/", "{\"value\": 2, \"timeout\": %s}".formatted(timeout)),
          api.send(
              "PUT",
              "/pattern/manage/",
              "{\"pattern\": \"t\", \"timeout\": %s}".formatted(timeout)))) {
        reply.expectProblem(400, "invalid-parameter");
        assertTrue(reply.text("detail").contains("timeout is"), reply.text("detail"));
      }
    }
    assertTtl("1000");
    assertEquals(1, api.get("/key/t/").number("value"));
  }

  @Test
  void aKeyIsOnePercentEncodedSegment() {
    for (String key : List.of(
        "plain",
        "a/b",
        "a+b",
        "50%",
        "%2F",
        "%252B",
        "ü:ñ:鍵:🔑",
        "a?b#c&d=e",
        "..",
        "\"'<>\\",
        "k".repeat(250),
        "é".repeat(125))) {
      api.put(key, "\"v\"");
      assertEquals(key, api.get(ApiClient.key(key)).expect(200).text("key"));
      assertEquals(List.of(key), api.get("/keys/").texts("keys"));
      api.send("PUT", ApiClient.key(key), null).expect(200);
      assertEquals(key, api.delete(ApiClient.key(key)).expect(200).text("key"));
    }
    api.put("a+b", "1");
    api.get("/key/a+b/").expect(200);
    api.get("/key/a%2Bb/").expect(200);
  }

  @Test
  void invalidKeyIsRejectedWithTheReason() {
    assertInvalidKey("a%20b", "space");
    assertInvalidKey("a%09b", "control character");
    assertInvalidKey("a%0Ab", "control character");
    assertInvalidKey("a%7F", "control character");
    assertInvalidKey("a%C2%A0b", "space");
    assertInvalidKey("k".repeat(251), "251 bytes");
    assertInvalidKey("%C3%A9".repeat(126), "252 bytes");
  }

  private void assertInvalidKey(String segment, String reason) {
    for (String method : List.of("GET", "PUT", "DELETE")) {
      Reply reply =
          api.send(method, "/key/" + segment + "/", null).expectProblem(400, "invalid-key");
      assertTrue(reply.text("detail").contains(reason), reply.text("detail"));
    }
    api.send("POST", "/key/" + segment + "/", "{\"value\": 1}").expectProblem(400, "invalid-key");
  }

  @Test
  void aTargetWithRawBytesReachesNoKey() {
    List<String> keys = List.of("raw", "rawþ", "raw\uFFFD");
    keys.forEach(key -> api.put(key, "1"));
    // Written as ISO 8859-1: a byte that is no UTF-8, then two that are one character, and so on.
    for (String raw : List.of("\u00fe", "\u00c3\u00be", "\u00ef\u00bf\u00bd", "\u0085", "\u007f")) {
      for (String target : List.of("/key/raw" + raw, "/pattern/?pattern=raw" + raw, "/x" + raw)) {
        for (String method : List.of("DELETE", "GET", "PUT", "POST")) {
          assertBadTarget(method, target, raw.equals("\u007f") ? "malformed" : "percent-encode");
        }
      }
    }
    for (String target :
        List.of("/key/raw#x", "/key/?key_base64=cmF3#x", "/pattern/manage/?pattern=r#x")) {
      assertBadTarget("DELETE", target, "%23");
    }
    assertEquals(keys.size(), api.get("/keys/").number("total_keys"));
  }

  private void assertBadTarget(String method, String target, String reason) {
    String answer = api.raw("%s %s%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        .formatted(method, ApiClient.BASE, target));
    assertTrue(
        answer.startsWith("HTTP/1.1 400 ")
            && answer.contains("urn:cache-app:problem:bad-request")
            && answer.contains(reason),
        method + target + answer);
  }

  @Test
  void unanchoredPatternIsFoundAnywhere() {
    List.of("user:1", "user:2", "old:user:3", "other").forEach(key -> api.put(key, "1"));
    assertEquals(List.of("old:user:3", "user:1", "user:2"), matching("user:"));
    assertEquals(List.of("user:1", "user:2"), matching("^user:"));
    assertEquals(List.of("user:2"), matching("user:2$"));
    assertEquals(List.of(), matching("nothing"));
  }

  private List<String> matching(String pattern) {
    return api.get(ApiClient.pattern(pattern)).expect(200).texts("keys");
  }

  @Test
  void plusInAQueryStringIsAPlus() {
    api.put("aab", "1");
    api.put("b", "1");
    assertEquals(List.of("aab"), api.get("/pattern/?pattern=^a+b$").expect(200).texts("keys"));
    assertEquals("^a+b$", api.get("/pattern/?pattern=^a+b$").text("pattern"));
  }

  @Test
  void aPatternMayComeInTheBody() {
    api.put("a", "1");
    assertEquals(
        1,
        api.send("DELETE", "/pattern/manage/", "{\"pattern\": \"a\"}")
            .expect(200)
            .number("deleted_count"));
    api.put("a", "1");
    assertEquals(
        1,
        api.send("DELETE", "/pattern/manage/?pattern=a", null).expect(200).number("deleted_count"));
  }

  @Test
  void whatAGetCarriesIsNotRead() {
    api.put("a", "1");
    api.send("GET", "/pattern/", "{\"pattern\": \"a\"}").expectProblem(400, "pattern-required");
    api.send("GET", "/pattern/?pattern=a", "no json").expect(200);
  }

  @Test
  void aPatternInBothPlacesIsRefused() {
    api.put("a", "1");
    api.send("DELETE", "/pattern/manage/?pattern=a", "{\"pattern\": \"a\"}")
        .expectProblem(400, "invalid-parameter");
    api.get("/pattern/?pattern=a&pattern=b").expectProblem(400, "invalid-parameter");
    api.get("/key/a/").expect(200);
  }

  @Test
  void aMissingOrEmptyPatternIsRefused() {
    for (String path :
        List.of("/pattern/", "/pattern/?pattern=", "/pattern/stats/", "/apps/a/pattern/")) {
      Reply reply = api.get(path).expectProblem(400, "pattern-required");
      assertEquals("Pattern parameter is required", reply.text("error"));
    }
    for (String method : List.of("DELETE", "PUT")) {
      api.send(method, "/pattern/manage/", null).expectProblem(400, "pattern-required");
      api.send(method, "/pattern/manage/", "{\"pattern\": \"\"}")
          .expectProblem(400, "pattern-required");
      api.send(method, "/pattern/manage/", "{\"pattern\": 5}")
          .expectProblem(400, "invalid-parameter");
    }
  }

  @Test
  void invalidPatternIsRejectedWithPositionAndReason() {
    Reply reply = api.get(ApiClient.pattern("ab(c")).expectProblem(400, "invalid-pattern");
    assertTrue(reply.text("detail").contains("Unclosed group at position 4"), reply.text("detail"));
    api.send("DELETE", "/pattern/manage/", "{\"pattern\": \"[\"}")
        .expectProblem(400, "invalid-pattern");
    api.get("/apps/a/pattern/?pattern=*").expectProblem(400, "invalid-pattern");
    api.get(ApiClient.pattern("a".repeat(1_000))).expect(200);
    api.get(ApiClient.pattern("鍵".repeat(1_000))).expect(200);
    api.get(ApiClient.pattern("a".repeat(1_001))).expectProblem(400, "invalid-pattern");
  }

  @Test
  void explodingPatternIsStopped() {
    api.put("a".repeat(250), "1");
    api.put("b", "1");
    for (String pattern : List.of(
        "(.*a){25}(?!.)", "(a+a+)+\\1c", "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(?=c)")) {
      assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
        api.get(ApiClient.pattern(pattern)).expectProblem(422, "pattern-too-costly");
        api.send("DELETE", "/pattern/manage/?pattern=" + ApiClient.encoded(pattern), null)
            .expectProblem(422, "pattern-too-costly");
        api.get("/key/b/").expect(200);
      });
    }
    assertEquals(2, api.get("/keys/").number("total_keys"));
    String groups = "(".repeat(500) + ")".repeat(500);
    assertTrue(Set.of(200, 400, 422).contains(api.get(ApiClient.pattern(groups)).status()));
    api.get(ApiClient.pattern("(){1000000000}")).expectProblem(400, "invalid-pattern");
  }

  @Test
  void otherRequestsAreAnsweredWhilePatternsExplode() {
    api.put("a".repeat(250), "1");
    api.put("b", "1");
    String exploding = ApiClient.pattern("(.*a){25}(?!.)");
    AtomicBoolean answered = new AtomicBoolean();
    List<CompletableFuture<Integer>> attackers = IntStream.range(0, 4)
        .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
          int refused = 0;
          do {
            api.get(exploding).expectProblem(422, "pattern-too-costly");
            refused++;
          } while (!answered.get());
          return refused;
        }))
        .toList();
    try {
      IntStream.range(0, 50).forEach(i -> api.get("/key/b/").expect(200));
    } finally {
      answered.set(true);
    }
    attackers.forEach(attacker -> assertTrue(attacker.join() > 0));
  }

  @Test
  void unknownParametersAndFieldsAreIgnored() {
    api.get("/keys/?unknown=1").expect(200);
    api.send("POST", "/key/a/", "{\"value\": 1, \"unknown\": [1]}").expect(201);
  }

  @Test
  void malformedParameterIsRejectedByName() {
    for (String path : List.of(
        "/keys/?limit=0",
        "/keys/?limit=10001",
        "/keys/?limit=-1",
        "/keys/?limit=x",
        "/keys/?limit=",
        "/keys/?limit=1.5",
        "/keys/?cursor=!!",
        "/keys/?cursor=",
        "/keys/?details=yes",
        "/keys/?min_size=-1",
        "/keys/?max_size=4294967296",
        "/keys/?max_size=5&min_size=6",
        "/keys/?ttl_below=1.5",
        "/keys/?ttl_above=1h",
        "/keys/?ttl_below=61&ttl_above=60",
        "/keys/?ttl_below=60&no_ttl=true",
        "/keys/?no_ttl=1",
        "/keys/?idle_above=",
        "/keys/?server=nowhere:1",
        "/keys/?app=",
        "/keys/?app=a:b",
        "/keys/?prefix=" + "a".repeat(251),
        "/keys/?prefix_base64=!",
        "/keys/?prefix=a&prefix_base64=YQ",
        "/keys/?limit=5&sort=name",
        "/keys/?limit=5&order=up",
        "/keys/?fresh=1",
        "/tree/?delimiter=",
        "/tree/?limit=0",
        "/tree/?limit=10001",
        "/tree/?sort=ttl",
        "/analysis/?min_size=x",
        "/pattern/?pattern=a&values=1",
        "/pattern/?pattern=a&values=true&limit=1001")) {
      Reply reply = api.get(path).expectProblem(400, "invalid-parameter");
      String name = path.substring(
          1 + Math.max(path.lastIndexOf('?'), path.lastIndexOf('&')), path.lastIndexOf('='));
      assertTrue(reply.text("detail").contains(name), reply.text("detail"));
    }
  }

  @Test
  void bytesThatAreNoBase64AreCalledThat() {
    Reply prefix = api.get("/keys/?prefix_base64=!").expectProblem(400, "invalid-parameter");
    assertEquals("prefix_base64 is \"!\", which cannot be: not base64", prefix.text("detail"));
    Reply key = api.get("/key/?key_base64=!").expectProblem(400, "invalid-key");
    assertEquals("key_base64 \"!\": not base64", key.text("detail"));
  }

  @Test
  void anotherOrderIsForTheFirstKeysOnly() {
    Reply missing = api.get("/keys/?sort=size").expectProblem(400, "invalid-parameter");
    assertTrue(missing.text("detail").contains("limit"), missing.text("detail"));
    Reply paged = api.get("/pattern/?pattern=a&sort=ttl&limit=5&cursor=YQ")
        .expectProblem(400, "invalid-parameter");
    assertTrue(paged.text("detail").contains("cursor"), paged.text("detail"));
  }

  @Test
  void nonObjectBodyIsRejected() {
    api.put("k", "1");
    for (String body : List.of(
        "[1]",
        "\"text\"",
        "5",
        "null",
        "{",
        "{\"a\":1} x",
        "{\"timeout\": NaN}",
        "{\"a\":1,\"a\":2}")) {
      api.send("PUT", "/key/k/", body).expectProblem(400, "invalid-body");
    }
  }

  @Test
  void hostileJsonIsRejectedInPlainWords() {
    for (String value : List.of("[".repeat(2_000), "1".repeat(2_000), "NaN", "")) {
      Reply reply =
          api.send("POST", "/key/k/", "{\"value\": " + value).expectProblem(400, "invalid-body");
      assertFalse(reply.text("detail").contains("Feature"), reply.text("detail"));
      assertFalse(reply.text("detail").contains("jackson"), reply.text("detail"));
    }
    api.send("POST", "/key/k/", "{} {}").expectProblem(400, "invalid-body");
  }

  @Test
  void misplacedLimitStopsTheChange() {
    api.put("a", "1");
    api.send("POST", "/", null).expect(200);
    for (String[] request : new String[][] {
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"dryRun\": true}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"dry-run\": true}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"dry_rum\": true}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"prefx\": \"b\"}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"rat\": 1}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"min_sise\": 9999}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"limit\": 0}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"async\": true}"},
      {"DELETE", "/pattern/manage/?asink=true", "{\"pattern\": \"a\"}"},
      {"PUT", "/pattern/manage/", "{\"pattern\": \"a\", \"timout\": 1}"},
      {"PUT", "/pattern/manage/", "{\"pattern\": \"a\", \"jiter\": 1, \"timeout\": 1}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"max_key\": 0}"},
      {"DELETE", "/pattern/manage/?pattern=a&dry_run=true", null},
      {"PUT", "/pattern/manage/?pattern=a&max_keys=0", "{\"timeout\": 1}"},
      {"PUT", "/pattern/manage/", "{\"pattern\": \"a\", \"Timeout\": 1}"},
      {"DELETE", "/", "{\"pattern\": \"b\"}"},
      {"DELETE", "/?dry_run=true", null},
      {"DELETE", "/apps/global/", "{\"dry_run\": true}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"Prefix\": \"b\"}"},
      {"DELETE", "/pattern/manage/?pattern=a&min_size=5000", null},
      {"PUT", "/pattern/manage/", "{\"pattern\": \"a\", \"ttlBelow\": 5}"},
      {"POST", "/restore/?dry_run=true", null},
      {"POST", "/key/a/", "{\"value\": 2, \"Timeout\": 5}"}
    }) {
      Reply reply =
          api.send(request[0], request[1], request[2]).expectProblem(400, "invalid-parameter");
      assertTrue(reply.text("detail").contains("is not taken"), reply.text("detail"));
    }
    assertEquals("1", api.get("/key/a/").expect(200).at("value").toString());
    assertTrue(api.get("/key/a/").number("ttl_seconds") > 3000);
  }

  @Test
  void unknownLimitIsAnsweredWithASuggestion() {
    for (String[] request : new String[][] {
      {"?dry_run=true", "{\"pattern\": \"a\"}", "put it into the body"},
      {"", "{\"pattern\": \"a\", \"async\": true}", "put it into the query string"},
      {"", "{\"pattern\": \"a\", \"dry_rum\": true}", "did you mean dry_run?"},
      {"", "{\"pattern\": \"a\", \"limit\": 1}", "what is taken is [app, "}
    }) {
      String detail = api.send("DELETE", "/pattern/manage/" + request[0], request[1])
          .expectProblem(400, "invalid-parameter")
          .text("detail");
      assertTrue(detail.contains(request[2]), detail);
    }
  }

  @Test
  void otherUnknownFieldsOfAChangeAreIgnored() {
    api.put("a", "1");
    assertEquals(
        1,
        api.send(
                "DELETE",
                "/pattern/manage/?reason=why",
                "{\"pattern\": \"a\", \"comment\": \"x\", \"user\": 7, \"ticket\": 1}")
            .expect(200)
            .number("deleted_count"));
  }

  @Test
  void aBodyOverTwoMebibytesIsRefused() {
    String body = "{\"value\": \"" + "x".repeat(2 * 1024 * 1024) + "\"}";
    api.send("POST", "/key/k/", body).expectProblem(413, "body-too-large");
  }

  @Test
  void anotherContentTypeWithABodyIsRefused() {
    api.send("POST", "/key/k/", "value=1", "application/x-www-form-urlencoded")
        .expectProblem(415, "unsupported-media-type");
    api.send("POST", "/key/k/", "{\"value\":1}", null).expectProblem(415, "unsupported-media-type");
    api.send("POST", "/key/k/", "{\"value\":1}", ";").expectProblem(415, "unsupported-media-type");
    api.send("POST", "/key/k/", "{\"value\":1}", "application/json; charset=utf-8")
        .expect(201);
  }

  @Test
  void keysAreOrderedByBytes() {
    for (String key : List.of("b", "a", "B", "ab", "a:1", "é", "鍵", "~", "🔑", "\uffee")) {
      api.put(key, "1");
    }
    List<String> byBytes = List.of("B", "a", "a:1", "ab", "b", "~", "é", "鍵", "\uffee", "🔑");
    assertEquals(byBytes, api.get("/keys/").texts("keys"));
    assertEquals(byBytes, matching("."));
    assertEquals(byBytes, api.get("/pattern/stats/?pattern=.").texts("matching_keys"));
  }

  @Test
  void instantsAreRfc3339InUtc() {
    String asOf = api.get("/stats/").at("tracking").get("as_of").stringValue();
    assertTrue(asOf.endsWith("Z"));
    assertTrue(Duration.between(Instant.parse(asOf), Instant.now()).abs().toMinutes() < 1);
  }
}
