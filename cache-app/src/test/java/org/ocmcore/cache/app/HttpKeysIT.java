package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

class HttpKeysIT extends HttpFixture {
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
        "..a",
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
}
