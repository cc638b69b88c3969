package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import tools.jackson.databind.JsonNode;

/** Dumping, restoring and auto-dump over HTTP, with the fields that they answer. */
class HttpDumpsIT extends HttpFixture {
  @Test
  void aDumpBringsEverythingBack() {
    api.put("json", "{\"a\":[1]}", "5000000");
    api.put("text", "\"ünï\"", "null");
    api.put("bytes", "{\"base64\": \"AP/+\"}", "1000");
    IntStream.range(0, 1_500).parallel().forEach(i -> api.put("many:" + i, "\"v" + i + "\""));
    Reply dump = api.send("POST", "/", null).expect(200);
    assertTrue(dump.text("message").contains(service.dumpFile().toString()));
    assertEquals(service.dumpFile().toString(), dump.text("dump_file"));
    assertEquals(1_503, dump.number("entries"));
    assertEquals("{}", dump.at("skipped").toString());
    assertTrue(dump.number("bytes") > 10_000);
    assertTrue(dump.number("duration_ms") >= 0);
    List<JsonNode> before =
        List.of(api.get("/key/json/").at("value"), api.get("/key/bytes/").at("value"));
    api.delete("/").expect(200);

    Reply restored = api.send("POST", "/restore/", null).expect(200);
    assertEquals(1_503, restored.number("restored"));
    assertEquals(0, restored.number("failed"));
    assertEquals("{}", restored.at("skipped").toString());
    assertTrue(restored.text("message").contains("1503"));
    assertTrue(restored.number("duration_ms") >= 0);
    assertEquals(
        before,
        List.of(api.get("/key/json/").at("value"), api.get("/key/bytes/").at("value")));
    assertEquals("json", api.get("/key/json/").text("encoding"));
    assertTrue(Math.abs(api.get("/key/json/").number("ttl_seconds") - 5_000_000) < 60);
    assertTrue(api.get("/key/text/").at("ttl_seconds").isNull());
    assertTrue(api.get("/key/bytes/").number("ttl_seconds") > 900);
    assertEquals(1_503, api.get("/keys/").number("total_keys"));
    assertEquals("v1499", api.get("/key/many:1499/").text("value"));
  }

  @Test
  void addingNeverOverwritesAndReplacingDoes() {
    api.put("live", "\"old\"");
    api.put("gone", "\"old\"");
    api.send("POST", "/", null).expect(200);
    api.send("POST", "/key/live/", "{\"value\": \"new\"}").expect(200);
    api.delete("/key/gone/").expect(200);

    Reply added = api.send("POST", "/restore/", "{\"mode\": \"add\"}").expect(200);
    assertEquals(1, added.number("restored"));
    assertEquals("{\"exists\":1}", added.at("skipped").toString());
    assertEquals("new", api.get("/key/live/").text("value"));

    assertEquals(
        2, api.send("POST", "/restore/", "{\"mode\": \"replace\"}").expect(200).number("restored"));
    assertEquals("old", api.get("/key/live/").text("value"));
  }

  @Test
  void aRestoreMayBeOfMatchingKeysOnly() {
    List.of("a:1", "a:2", "b:1").forEach(key -> api.put(key, "1"));
    api.send("POST", "/", null).expect(200);
    api.delete("/").expect(200);
    Reply restored = api.send("POST", "/restore/", "{\"pattern\": \"^a:\"}").expect(200);
    assertEquals(2, restored.number("restored"));
    assertEquals("{\"not_matching\":1}", restored.at("skipped").toString());
    assertEquals(List.of("a:1", "a:2"), api.get("/keys/").texts("keys"));
    api.delete("/").expect(200);
    assertEquals(1, api.send("POST", "/restore/?pattern=^b", null).expect(200).number("restored"));
    api.send("POST", "/restore/?pattern=a", "{\"pattern\": \"a\"}")
        .expectProblem(400, "invalid-parameter");
    api.send("POST", "/restore/", "{\"pattern\": \"(\"}").expectProblem(400, "invalid-pattern");
  }

  @Test
  void aDryRunOfARestoreChangesNothing() {
    List.of("a", "b").forEach(key -> api.put(key, "1"));
    api.send("POST", "/", null).expect(200);
    api.delete("/key/a/").expect(200);
    Reply dry = api.send("POST", "/restore/", "{\"dry_run\": true}").expect(200);
    assertEquals(1, dry.number("restored"));
    assertEquals("{\"exists\":1}", dry.at("skipped").toString());
    api.get("/key/a/").expect(404);
  }

  @Test
  void aRestoreStopsAtItsMostKeys() {
    IntStream.range(0, 300).forEach(i -> api.put("k:" + i, "1"));
    api.send("POST", "/", null).expect(200);
    IntStream.range(0, 10).forEach(i -> api.delete("/key/k:" + i + "/").expect(200));
    String atMostTen = "{\"max_keys\": 10}";
    assertEquals(10, api.send("POST", "/restore/", atMostTen).expect(200).number("restored"));
    api.delete("/").expect(200);
    Reply refusal = api.send("POST", "/restore/", atMostTen).expectProblem(422, "too-many-keys");
    assertEquals(10, refusal.number("done_count"));
    assertEquals(
        "max_keys is 10: 10 entries are restored and stay; more would be, and at most 10 may be",
        refusal.text("detail"));
    assertEquals(10, api.get("/keys/").number("total_keys"));
    Reply replaced = api.send("POST", "/restore/", "{\"mode\": \"replace\", \"max_keys\": 299}")
        .expectProblem(422, "too-many-keys");
    assertEquals(299, replaced.number("done_count"));
    Reply dry =
        api.send("POST", "/restore/", "{\"max_keys\": 0, \"dry_run\": true}").expect(200);
    assertEquals(300 - api.get("/keys/").number("total_keys"), dry.number("restored"));
    api.send("POST", "/restore/", "{\"max_keys\": -1}").expectProblem(400, "invalid-parameter");
  }

  @Test
  void whatHasExpiredMeanwhileStaysAway() {
    api.put("short", "1", "2");
    api.put("long", "1");
    api.send("POST", "/", null).expect(200);
    api.delete("/").expect(200);
    Await.until(() -> api.send("POST", "/restore/", "{\"dry_run\": true}").number("restored") == 1);
    Reply restored = api.send("POST", "/restore/", null).expect(200);
    assertEquals(1, restored.number("restored"));
    assertEquals("{\"expired\":1}", restored.at("skipped").toString());
  }

  @Test
  void dumpsAreListedAndRestoredByName() {
    assertEquals("[]", api.get("/dumps/").expect(200).at("dumps").toString());
    IntStream.range(0, 6).forEach(i -> {
      api.send("POST", "/key/round/", "{\"value\": " + i + "}");
      api.send("POST", "/", null).expect(200);
    });
    JsonNode dumps = api.get("/dumps/").expect(200).at("dumps");
    assertEquals(4, dumps.size());
    for (JsonNode dump : dumps) {
      assertTrue(dump.get("name")
          .stringValue()
          .matches("cache_dump-\\d{8}T\\d{6}\\.\\d{3}Z(-\\d+)?\\.json"));
      assertTrue(dump.get("complete").booleanValue());
      assertEquals(dump == dumps.get(0), dump.get("current").booleanValue());
      assertTrue(dump.get("created_at").stringValue().endsWith("Z"));
      assertEquals(1, dump.get("entries").longValue());
      assertTrue(dump.get("bytes").longValue() > 0);
      assertTrue(dump.get("valid").booleanValue());
    }
    String oldest = dumps.get(3).get("name").stringValue();
    api.send("POST", "/restore/", "{\"mode\": \"replace\", \"name\": \"" + oldest + "\"}")
        .expect(200);
    assertEquals(2, api.get("/key/round/").number("value"));
  }

  @Test
  void aDumpThatIsNotThereIs404() {
    api.send("POST", "/restore/", null).expectProblem(404, "dump-not-found");
    api.send("POST", "/restore/", "{\"name\": \"../secret\"}").expectProblem(404, "dump-not-found");
    api.send("POST", "/restore/", "{\"mode\": \"merge\"}").expectProblem(400, "invalid-parameter");
    api.send("POST", "/restore/", "{\"name\": 5}").expectProblem(400, "invalid-parameter");
  }

  @Test
  void damagedDumpIsRejectedAndStoresNothing() throws IOException {
    IntStream.range(0, 50).forEach(i -> api.put("k" + i, "\"value\""));
    api.send("POST", "/", null).expect(200);
    api.delete("/").expect(200);
    byte[] good = Files.readAllBytes(service.dumpFile());
    for (int damage : new int[] {good.length / 3, good.length - 10}) {
      byte[] flipped = good.clone();
      flipped[damage] ^= 1;
      Files.write(service.dumpFile(), flipped);
      api.send("POST", "/restore/", null).expectProblem(409, "dump-unusable");
      assertFalse(api.get("/dumps/").at("dumps").get(0).get("valid").booleanValue());
      Files.write(service.dumpFile(), Arrays.copyOf(good, damage));
      api.send("POST", "/restore/", null).expectProblem(409, "dump-unusable");
    }
    assertEquals(0, api.get("/keys/").number("total_keys"));
  }

  @Test
  void aDumpOrRestoreWhileAnotherRunsIs409() {
    IntStream.range(0, 2_000).parallel().forEach(i -> api.put("many:" + i, "\"v" + i + "\""));
    api.send("POST", "/", null).expect(200);
    for (String path : List.of("/", "/restore/")) {
      List<Reply> refused = new ArrayList<>();
      Await.until(() -> {
        List<Reply> replies = IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> api.send("POST", path, null))
            .toList();
        assertTrue(replies.stream().anyMatch(reply -> reply.status() == 200));
        replies.stream().filter(reply -> reply.status() != 200).forEach(refused::add);
        return !refused.isEmpty();
      });
      for (Reply reply : refused) {
        String running = reply.expectProblem(409, "operation-running").text("job");
        assertEquals(running, api.get("/jobs/" + running).expect(200).text("id"));
        assertTrue(reply.text("detail").contains(running), reply.text("detail"));
      }
    }
    assertEquals(2_000, api.get("/keys/").number("total_keys"));
  }

  @Test
  void failedDumpKeepsTheLastGoodOne() throws IOException {
    try (RunningService own = RunningService.start(store, "development", Map.of())) {
      own.client().delete("/").expect(200);
      own.client().put("k", "1");
      own.client().send("POST", "/", null).expect(200);
      byte[] good = Files.readAllBytes(own.dumpFile());
      // A folder in place of the place where the next dump would go makes it fail, even for root.
      Files.move(own.dumpFile().getParent(), own.dumpFile().getParent().resolveSibling("kept"));
      Files.writeString(own.dumpFile().getParent(), "in the way");
      own.client().send("POST", "/", null).expectProblem(500, "dump-failed");
      assertArrayEquals(
          good,
          Files.readAllBytes(
              own.dumpFile().getParent().resolveSibling("kept").resolve("cache_dump.json")));
    }
  }

  @Test
  void autoDumpIsStartedRetimedAndStopped() {
    try (RunningService own = RunningService.start(store, "development", Map.of())) {
      ApiClient mine = own.client();
      Reply idle = mine.get("/auto-dump/").expect(200);
      assertFalse(idle.at("running").booleanValue());
      assertTrue(idle.at("next_dump_at").isNull());
      assertTrue(idle.at("last_dump").isNull());
      assertEquals(0, idle.number("consecutive_failures"));

      Reply started =
          mine.send("POST", "/auto-dump/", "{\"interval_seconds\": 600}").expect(200);
      assertEquals("Auto-dump started with 600s interval", started.text("message"));
      assertEquals(600, started.number("interval_seconds"));
      assertTrue(mine.get("/auto-dump/").at("running").booleanValue());
      assertTrue(mine.get("/auto-dump/").text("next_dump_at").endsWith("Z"));
      assertTrue(mine.get("/stats/").at("auto_dump_enabled").booleanValue());
      assertEquals(600, mine.get("/stats/").number("auto_dump_interval"));

      Reply retimed =
          mine.send("PUT", "/auto-dump/", "{\"interval_seconds\": 2678400}").expect(200);
      assertEquals("Auto-dump interval set to 2678400 seconds", retimed.text("message"));
      assertEquals(2_678_400, retimed.number("interval_seconds"));
      assertTrue(retimed.at("running").booleanValue());

      Reply stopped = mine.delete("/auto-dump/").expect(200);
      assertEquals("Auto-dump stopped", stopped.text("message"));
      assertFalse(mine.get("/auto-dump/").at("running").booleanValue());
      assertFalse(mine.get("/stats/").at("auto_dump_enabled").booleanValue());
      mine.delete("/auto-dump/").expect(200);
      assertEquals(
          2_678_400, mine.send("POST", "/auto-dump/", null).expect(200).number("interval_seconds"));
    }
  }

  @Test
  void autoDumpDumps() {
    try (RunningService own = RunningService.start(store, "development", Map.of())) {
      ApiClient mine = own.client();
      mine.delete("/").expect(200);
      mine.put("k", "1");
      mine.send("POST", "/auto-dump/", "{\"interval_seconds\": 1}").expect(200);
      Await.until(() -> !mine.get("/auto-dump/").at("last_dump").isNull());
      JsonNode last = mine.get("/auto-dump/").at("last_dump");
      assertTrue(last.get("ok").booleanValue());
      assertTrue(last.get("error").isNull());
      assertEquals(1, last.get("entries").longValue());
      assertTrue(last.get("bytes").longValue() > 0);
      assertTrue(last.get("duration_ms").longValue() >= 0);
      assertTrue(last.get("finished_at").stringValue().endsWith("Z"));
      assertTrue(mine.get("/dumps/").at("dumps").size() > 0);
    }
  }

  @Test
  void aWrongIntervalIsRefusedAndChangesNothing() {
    Reply before = api.get("/auto-dump/");
    for (String interval : List.of("0", "-5", "2678401", "1.5", "\"abc\"", "null", "true")) {
      String body = "{\"interval_seconds\": " + interval + "}";
      api.send("POST", "/auto-dump/", body).expectProblem(400, "invalid-parameter");
      api.send("PUT", "/auto-dump/", body).expectProblem(400, "invalid-parameter");
    }
    api.send("PUT", "/auto-dump/", null).expectProblem(400, "invalid-parameter");
    assertEquals(before.json(), api.get("/auto-dump/").json());
  }
}
