package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

/** Every request that changes keys, with the fields that it answers. */
class HttpManagementIT extends HttpFixture {
  @Test
  void storingReportsNewOrReplaced() {
    Reply created =
        api.send("POST", "/key/k/", "{\"value\": \"one\", \"timeout\": 60}").expect(201);
    assertEquals("k", created.text("key"));
    assertEquals(60, created.number("timeout"));
    assertEquals("Key 'k' created", created.text("message"));
    Reply replaced = api.send("POST", "/key/k/", "{\"value\": \"two\"}").expect(200);
    assertEquals("Key 'k' replaced", replaced.text("message"));
    assertEquals("two", api.get("/key/k/").text("value"));
  }

  @Test
  void storingNeedsAValueThatCanBeStored() {
    api.send("POST", "/key/k/", "{}").expectProblem(400, "invalid-parameter");
    api.send("POST", "/key/k/", null).expectProblem(400, "invalid-parameter");
    api.send("POST", "/key/k/", "{\"value\": {\"base64\": \"?\"}}")
        .expectProblem(400, "invalid-parameter");
    api.send("POST", "/key/k/", "{\"value\": \"\\ud800\"}").expectProblem(400, "invalid-parameter");
    api.get("/key/k/").expect(404);
  }

  @Test
  void tooLargeValueKeepsTheOlderOne() {
    api.put("k", "\"old\"");
    Reply refused = api.send("POST", "/key/k/", "{\"value\": \"" + "x".repeat(1024 * 1024) + "\"}");
    refused.expectProblem(413, "value-too-large");
    assertEquals("old", api.get("/key/k/").text("value"));
    int overhead = 48 + 8 + 1 + 1 + 2;
    api.send("POST", "/key/k/", "{\"value\": \"" + "x".repeat(1024 * 1024 - overhead) + "\"}")
        .expect(200);
    api.send("POST", "/key/k/", "{\"value\": \"" + "x".repeat(1024 * 1024 - overhead + 1) + "\"}")
        .expectProblem(413, "value-too-large");
  }

  @Test
  void theBodyOfAValueMayBeSixTimesAsLong() {
    int fits = 1024 * 1024 - (48 + 8 + 1 + 1 + 2);
    api.send("POST", "/key/k/", "{\"value\": \"" + "\\u0001".repeat(fits) + "\"}")
        .expect(201);
    assertEquals("\u0001".repeat(fits), api.get("/key/k/").text("value"));
    api.send("POST", "/key/k/", "{\"value\": \"" + "x".repeat(7 * 1024 * 1024) + "\"}")
        .expectProblem(413, "body-too-large");
  }

  @Test
  void flagsAreSetAndKept() {
    Reply created = api.send("POST", "/key/k/", "{\"value\": \"1\", \"flags\": 4294967295}");
    assertEquals(4_294_967_295L, created.expect(201).number("flags"));
    assertEquals(
        4_294_967_295L,
        api.send("POST", "/key/k/", "{\"value\": \"2\"}").expect(200).number("flags"));
    assertEquals(4_294_967_295L, api.get("/key/k/").number("flags"));
    assertEquals("2", api.get("/key/k/").text("value"));
    assertEquals(
        5,
        api.send("POST", "/key/k/", "{\"value\": {\"base64\": \"AP8=\"}, \"flags\": 5}")
            .expect(200)
            .number("flags"));
    api.send("POST", "/key/k/", "{\"value\": {\"a\": 1}}").expect(200);
    assertEquals(0, api.get("/key/k/").number("flags"));
    for (String flags : List.of("-1", "4294967296", "1.5", "\"1\"", "null")) {
      api.send("POST", "/key/k/", "{\"value\": 1, \"flags\": " + flags + "}")
          .expectProblem(400, "invalid-parameter");
    }
  }

  @Test
  void aReplacedValueKeepsItsLifetime() {
    String keep = "{\"value\": \"new\", \"timeout\": \"keep\"}";
    api.send("POST", "/key/k/", keep).expectProblem(404, "key-not-found");
    api.put("k", "\"old\"", "5000");
    long left = api.send("POST", "/key/k/", keep).expect(200).number("timeout");
    assertTrue(left > 4_990 && left <= 5_000, "left " + left);
    assertEquals("new", api.get("/key/k/").text("value"));
    api.send("POST", "/key/k/", "{\"value\": \"old\", \"timeout\": null}").expect(200);
    assertTrue(api.send("POST", "/key/k/", keep).expect(200).at("timeout").isNull());
    assertTrue(api.get("/key/k/").at("ttl_seconds").isNull());
  }

  @Test
  void refreshingChangesTheLifetimeAlone() {
    api.put("k", "{\"a\":1}", "10");
    Reply refreshed = api.send("PUT", "/key/k/", "{\"timeout\": 5000}").expect(200);
    assertEquals("Key 'k' refreshed", refreshed.text("message"));
    assertEquals("k", refreshed.text("key"));
    assertEquals(5000, refreshed.number("timeout"));
    Reply key = api.get("/key/k/");
    assertTrue(key.number("ttl_seconds") > 4990);
    assertEquals("{\"a\":1}", key.at("value").toString());
    api.send("PUT", "/key/missing/", "{\"timeout\": 5000}").expectProblem(404, "key-not-found");
  }

  @Test
  void deletingReportsWhetherTheKeyExisted() {
    api.put("k", "1");
    Reply deleted = api.delete("/key/k/").expect(200);
    assertEquals("Key 'k' deleted", deleted.text("message"));
    assertEquals("k", deleted.text("key"));
    api.delete("/key/k/").expectProblem(404, "key-not-found");
  }

  @Test
  void deletingByPatternCountsWhatWasDeleted() {
    IntStream.range(0, 1_200).parallel().forEach(i -> api.put("x:" + i, "1"));
    api.put("y:1", "1");
    Reply deleted =
        api.send("DELETE", "/pattern/manage/", "{\"pattern\": \"^x:\"}").expect(200);
    assertEquals(1_200, deleted.number("deleted_count"));
    assertEquals("^x:", deleted.text("pattern"));
    assertTrue(deleted.text("message").contains("1200"));
    assertEquals(List.of("y:1"), api.get("/keys/").texts("keys"));
    assertEquals(
        0,
        api.send("DELETE", "/pattern/manage/", "{\"pattern\": \"^x:\"}").number("deleted_count"));
  }

  @Test
  void refreshingByPatternCountsWhatWasRefreshed() {
    IntStream.range(0, 1_200).parallel().forEach(i -> api.put("x:" + i, "1", "600"));
    api.put("y:1", "1", "600");
    Reply refreshed = api.send(
            "PUT", "/pattern/manage/", "{\"pattern\": \"^x:\", \"timeout\": 7200}")
        .expect(200);
    assertEquals(1_200, refreshed.number("refreshed_count"));
    assertEquals("^x:", refreshed.text("pattern"));
    assertEquals(7200, refreshed.number("timeout"));
    assertTrue(refreshed.text("message").contains("1200"));
    assertTrue(api.get("/key/x:77/").number("ttl_seconds") > 7100);
    assertTrue(api.get("/key/y:1/").number("ttl_seconds") <= 600);
  }

  @Test
  void aDryRunShowsAndChangesNothing() {
    IntStream.range(0, 30).forEach(i -> api.put("d:%02d".formatted(i), "\"v\"", "1000"));
    for (String method : List.of("DELETE", "PUT")) {
      Reply dry = api.send(
              method,
              "/pattern/manage/",
              "{\"pattern\": \"^d:\", \"timeout\": 5, \"dry_run\": true}")
          .expect(200);
      assertEquals(30, dry.number("matched_count"));
      assertEquals(30 * (48 + 8 + 4 + 1 + 1 + 2), dry.number("matched_bytes"));
      assertEquals(20, dry.texts("sample").size());
      assertEquals("d:00", dry.texts("sample").get(0));
    }
    assertEquals(30, api.get("/keys/").number("total_keys"));
    assertTrue(api.get("/key/d:00/").number("ttl_seconds") > 900);
    api.send("DELETE", "/pattern/manage/", "{\"pattern\": \"d\", \"dry_run\": \"yes\"}")
        .expectProblem(400, "invalid-parameter");
  }

  @Test
  void moreKeysThanAllowedAreNotTouched() {
    IntStream.range(0, 5).forEach(i -> api.put("m:" + i, "1", "1000"));
    for (String method : List.of("DELETE", "PUT")) {
      Reply refused = api.send(
              method, "/pattern/manage/", "{\"pattern\": \"^m:\", \"timeout\": 5, \"max_keys\": 4}")
          .expectProblem(422, "too-many-keys");
      assertEquals(5, refused.number("matched_count"));
      api.send(method, "/pattern/manage/", "{\"pattern\": \"m\", \"max_keys\": -1}")
          .expectProblem(400, "invalid-parameter");
    }
    assertTrue(api.get("/key/m:0/").number("ttl_seconds") > 900);
    assertEquals(
        5,
        api.send("DELETE", "/pattern/manage/", "{\"pattern\": \"^m:\", \"max_keys\": 5}")
            .expect(200)
            .number("deleted_count"));
  }

  @Test
  void clearingRemovesEverythingOnEveryServer() {
    IntStream.range(0, 100).forEach(i -> api.put("c:" + i, "1"));
    assertEquals("Cache cleared successfully", api.delete("/").expect(200).text("message"));
    assertEquals(0, api.get("/keys/").number("total_keys"));
    api.put("again", "1");
    assertEquals(List.of("again"), api.get("/keys/").texts("keys"));
  }

  @Test
  void deletingAnAppDeletesItsKeysOnly() {
    List.of("a:1", "a:2", "ab:1", "b:a:1", "a", "global:1").forEach(key -> api.put(key, "1"));
    Reply cleared = api.delete("/apps/a/").expect(200);
    assertEquals("a", cleared.text("app_name"));
    assertEquals(2, cleared.number("deleted_count"));
    assertEquals(2, cleared.number("total_keys"));
    assertTrue(cleared.text("message").contains("'a'"));
    assertEquals(List.of("a", "ab:1", "b:a:1", "global:1"), api.get("/keys/").texts("keys"));
    api.delete("/apps/a/").expectProblem(404, "app-not-found");
    assertEquals(2, api.delete("/apps/global/").expect(200).number("deleted_count"));
  }

  private static String base64(byte... key) {
    return "/key/?key_base64=" + Base64.getEncoder().encodeToString(key);
  }

  @Test
  void nonTextKeyIsManagedByItsBytes() {
    String path = base64((byte) 0xff, (byte) 0xfe, (byte) 'x');
    Reply created = api.send("POST", path, "{\"value\": 1, \"timeout\": 60}").expect(201);
    assertEquals("\\xff\\xfex", created.text("key"));
    assertEquals("//54", created.text("key_base64"));
    String listed =
        api.get("/keys/?details=true").at("keys").get(0).get("key_base64").stringValue();
    assertEquals("//54", listed);
    Reply read = api.get("/key?key_base64=" + listed).expect(200);
    assertEquals(1, read.number("value"));
    assertEquals("//54", read.text("key_base64"));
    assertEquals(200, api.send("HEAD", path, null).status());
    api.send("PUT", path, "{\"timeout\": 600}").expect(200);
    assertEquals("//54", api.delete(path).expect(200).text("key_base64"));
    Reply gone = api.get(path).expectProblem(404, "key-not-found");
    assertEquals("Key '\\xff\\xfex' not found", gone.text("detail"));
  }

  @Test
  void anyKeyIsReachedByItsBytes() {
    api.put("plain", "1");
    Reply read = api.get("/key/?key_base64=cGxhaW4").expect(200);
    assertEquals("plain", read.text("key"));
    assertFalse(read.json().has("key_base64"));
    String spaced = base64((byte) 'a', (byte) ' ', (byte) 'b');
    api.send("POST", spaced, "{\"value\": 2}").expect(201);
    assertEquals(2, api.get(spaced).expect(200).number("value"));
    api.delete(spaced).expect(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?key_base64=", "?key_base64=a", "?key_base64=!!!!", "?x=1"})
  void missingKeyInThePathNeedsBytes(String query) {
    for (String method : List.of("GET", "PUT", "DELETE")) {
      Reply refused = api.send(method, "/key/" + query, null).expectProblem(400, "invalid-key");
      assertTrue(refused.text("detail").contains("key_base64"), refused.text("detail"));
    }
  }

  @Test
  void tooLongKeyIsRejectedByItsBytes() {
    Reply refused = api.get(base64(new byte[251])).expectProblem(400, "invalid-key");
    assertTrue(refused.text("detail").startsWith("key_base64 \"AAAA"), refused.text("detail"));
  }

  @Test
  void keyIsGivenInOneWayOnly() {
    api.put("k", "1");
    api.get("/key/k/?key_base64=aw==").expectProblem(400, "invalid-parameter");
    api.delete("/key/k/?key_base64=aw==").expectProblem(400, "invalid-parameter");
    api.delete("/?key_base64=aw==").expectProblem(400, "invalid-parameter");
    assertEquals(1, api.get("/keys/").number("total_keys"));
  }
}
