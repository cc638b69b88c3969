package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

/** Entity tags, and changes with a precondition. */
class HttpVersionsIT extends HttpFixture {
  private static final String VALUE = "{\"value\": \"new\"}";

  private String tag() {
    return api.get("/key/k/").expect(200).header("etag");
  }

  private String value() {
    return api.get("/key/k/").expect(200).text("value");
  }

  private Reply store(String header, String value) {
    return api.sendWith(header, value, "POST", "/key/k/", VALUE);
  }

  private Reply delete(String match) {
    return api.sendWith("If-Match", match, "DELETE", "/key/k/", null);
  }

  @Test
  void everyFormOfAKeyHasTheSameTag() {
    api.put("k", "\"v\"");
    String tag = tag();
    assertTrue(tag.matches("\"[1-9][0-9]*\""), tag);
    for (String path : List.of(
        "/key/k/?value=false",
        "/key/k/raw",
        "/key/?key_base64=aw==",
        "/key/?key_base64=aw==&raw=true",
        "/key/?key_base64=aw==&value=false")) {
      for (String method : List.of("GET", "HEAD")) {
        assertEquals(tag, api.send(method, path, null).expect(200).header("etag"), path);
        Reply known = api.sendWith("If-None-Match", tag, method, path, null).expect(304);
        assertEquals(tag, known.header("etag"));
        assertEquals(0, known.response().body().length);
      }
    }
    api.send("PUT", "/key/k/", null).expect(200);
    assertEquals(tag, tag());
    api.send("POST", "/key/k/", VALUE).expect(200);
    assertNotEquals(tag, tag());
  }

  @Test
  void onlyTheKnownVersionIsNotModified() {
    api.put("k", "\"v\"");
    String tag = tag();
    for (String known : List.of(tag, "W/" + tag, "*", "\"x,y\", " + tag, "\"\" , , " + tag)) {
      api.sendWith("If-None-Match", known, "GET", "/key/k/", null).expect(304);
    }
    for (String other : List.of("\"x\"", "\"\"", "\"01\", \"x\"")) {
      assertEquals(
          "v",
          api.sendWith("If-None-Match", other, "GET", "/key/k/", null)
              .expect(200)
              .text("value"));
    }
    api.sendWith("If-None-Match", "*", "GET", "/key/none/", null)
        .expectProblem(404, "key-not-found");
  }

  @Test
  void aStoreNeedsTheVersionThatItNames() {
    store("If-Match", "\"1\"").expectProblem(412, "precondition-failed");
    store("If-Match", "*").expectProblem(412, "precondition-failed");
    assertEquals(0, api.get("/keys/").number("total_keys"));
    api.put("k", "\"v\"");
    String tag = tag();
    store("If-Match", tag).expect(200);
    assertEquals("new", value());
    Reply changed = store("If-Match", tag).expectProblem(412, "precondition-failed");
    assertTrue(changed.text("detail").contains("another version"), changed.text("detail"));
    store("If-Match", "*").expect(200);
  }

  @Test
  void flagsAndLifetimeStayWithAPrecondition() {
    api.send("POST", "/key/k/", "{\"value\": \"v\", \"timeout\": null, \"flags\": 9}")
        .expect(201);
    Reply stored = api.sendWith(
            "If-Match", tag(), "POST", "/key/k/", "{\"value\": \"w\", \"timeout\": \"keep\"}")
        .expect(200);
    assertEquals(9, stored.number("flags"));
    assertTrue(stored.at("timeout").isNull());
    api.sendWith(
            "If-None-Match", "*", "POST", "/key/x/", "{\"value\": \"w\", \"timeout\": \"keep\"}")
        .expectProblem(400, "invalid-parameter");
  }

  @Test
  void anAddedKeyMustBeAbsent() {
    store("If-None-Match", "*").expect(201);
    Reply there = store("If-None-Match", "*").expectProblem(412, "precondition-failed");
    assertTrue(there.text("detail").contains("exists already"), there.text("detail"));
  }

  @Test
  void aDeletionNeedsTheVersionThatItNames() {
    delete("*").expectProblem(412, "precondition-failed");
    api.put("k", "\"v\"");
    String tag = tag();
    store("If-Match", "*").expect(200);
    delete(tag).expectProblem(412, "precondition-failed");
    assertEquals("new", value());
    delete(tag()).expect(200);
    api.get("/key/k/").expect(404);
    assertEquals(0, api.get("/keys/").number("total_keys"));
    api.put("k", "\"v\"");
    delete("*").expect(200);
    delete("\"5\"").expectProblem(412, "precondition-failed");
  }

  @Test
  void whatCannotBeCheckedIsRejected() {
    api.put("k", "\"v\"");
    for (String match : List.of(
        "5",
        "\"5",
        "",
        "\"a\"",
        "W/\"5\"",
        "\"5\", \"6\"",
        "\"5\" \"6\"",
        "\"05\"",
        "\"0\"",
        "\"-5\"",
        "*, \"5\"",
        "\"99999999999999999999\"")) {
      for (Reply reply : List.of(store("If-Match", match), delete(match))) {
        reply.expectProblem(400, "invalid-parameter");
        assertTrue(reply.text("detail").startsWith("If-Match is " + match), reply.text("detail"));
      }
    }
    store("If-None-Match", "\"5\"").expectProblem(400, "invalid-parameter");
    for (String header : List.of("If-Match", "If-None-Match")) {
      api.sendWith(header, "*", "PUT", "/key/k/", null).expectProblem(400, "invalid-parameter");
    }
    api.sendWith("If-None-Match", "*", "DELETE", "/key/k/", null)
        .expectProblem(400, "invalid-parameter");
    api.sendWith("If-Match", "*", "GET", "/key/k/", null).expectProblem(400, "invalid-parameter");
    api.sendWith("If-None-Match", "k", "GET", "/key/k/raw", null)
        .expectProblem(400, "invalid-parameter");
    assertEquals("v", value());
  }

  @Test
  void ofConcurrentWritersOneWins() {
    for (int round = 0; round < 5; round++) {
      assertEquals(1, winners(() -> store("If-None-Match", "*")));
      String tag = tag();
      assertEquals(1, winners(() -> store("If-Match", tag)));
      String next = tag();
      assertEquals(1, winners(() -> delete(next)));
    }
  }

  private static long winners(Supplier<Reply> request) {
    List<CompletableFuture<Reply>> all = IntStream.range(0, 6)
        .mapToObj(i -> CompletableFuture.supplyAsync(request))
        .toList();
    return all.stream()
        .map(CompletableFuture::join)
        .filter(reply -> {
          if (reply.status() / 100 != 2) {
            reply.expectProblem(412, "precondition-failed");
          }
          return reply.status() / 100 == 2;
        })
        .count();
  }

  @Test
  void metadataTouchesNothing() {
    api.send("POST", "/key/k/", "{\"value\": \"four\", \"timeout\": 1000, \"flags\": 9}")
        .expect(201);
    long hits = hits();
    for (int i = 0; i < 3; i++) {
      Reply found = api.get("/key/k/?value=false").expect(200);
      assertEquals("k", found.text("key"));
      assertFalse(found.json().has("value") || found.json().has("encoding"));
      assertTrue(Math.abs(found.number("ttl_seconds") - 1000) <= 2);
      assertEquals(48 + 8 + 1 + 1 + 4 + 4 + 2, found.number("size_bytes"));
      assertTrue(found.at("flags").isNull() || found.number("flags") == 9);
      assertEquals(store == StoreKind.MEMORY, !found.at("flags").isNull());
      assertTrue(found.number("last_access_seconds") <= 2);
      assertFalse(found.at("fetched").booleanValue());
      assertTrue(store.addresses().contains(found.text("server")));
    }
    assertEquals(hits, hits());
    api.get("/key/k/").expect(200);
    assertTrue(api.get("/key/k/?value=false").at("fetched").booleanValue());
    api.put("e", "1", "null");
    assertTrue(api.get("/key/e/?value=false").at("ttl_seconds").isNull());
    api.get("/key/none/?value=false").expectProblem(404, "key-not-found");
    api.get("/key/k/?value=no").expectProblem(400, "invalid-parameter");
    api.get("/key/?key_base64=aw==&value=false&raw=true").expectProblem(400, "invalid-parameter");
  }

  private long hits() {
    long[] hits = new long[1];
    api.get("/stats/")
        .at("servers")
        .forEach(server -> hits[0] += server.get("hits").longValue());
    return hits[0];
  }

  /** A change must not happen whatever its precondition says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE | / |",
        "POST | / |",
        "DELETE | /pattern/manage/ | {\"pattern\": \"k\"}",
        "PUT | /pattern/manage/ | {\"pattern\": \"k\"}",
        "POST | /keys/delete/ | {\"keys\": [\"k\"]}",
        "POST | /keys/refresh/ | {\"keys\": [\"k\"]}",
        "DELETE | /apps/global/ |",
        "PUT | /key/k/ |",
        "POST | /restore/ |",
        "PUT | /auto-dump/ | {\"interval_seconds\": 600}",
        "DELETE | /auto-dump/ |"
      })
  void otherChangesTakeNoPrecondition(String method, String path, String body) {
    api.put("k", "\"v\"");
    api.send("POST", "/", null).expect(200);
    for (String header : List.of("If-Match", "If-None-Match")) {
      for (String condition : List.of("*", "\"5\"", "what is no tag")) {
        String detail = api.sendWith(header, condition, method, path, body)
            .expectProblem(400, "invalid-parameter")
            .text("detail");
        assertTrue(detail.startsWith(header + " is " + condition + ": "), detail);
      }
    }
    assertEquals("v", value());
  }
}
