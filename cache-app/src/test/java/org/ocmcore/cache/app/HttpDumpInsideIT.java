package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import tools.jackson.databind.JsonNode;

/** What is in a dump, and what of it is restored, over HTTP. */
class HttpDumpInsideIT extends HttpFixture {
  private String dump() {
    return api.send("POST", "/", null).expect(200).text("name");
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::stringValue)
        .toList();
  }

  private Reply restore(String body) {
    return api.send("POST", "/restore/", body);
  }

  @Test
  void aDumpReportsItsAccountByServer() {
    IntStream.range(0, 100).forEach(i -> api.put("k" + i, "1"));
    Reply dumped = api.send("POST", "/", null).expect(200);
    assertTrue(dumped.at("complete").booleanValue());
    assertEquals(100, dumped.number("seen"));
    assertEquals(100, dumped.number("entries"));
    Reply described = api.get("/dumps/" + dumped.text("name") + "/").expect(200);
    for (JsonNode servers : List.of(dumped.at("servers"), described.at("account"))) {
      assertEquals(
          store.addresses(),
          StreamSupport.stream(servers.spliterator(), false)
              .map(server -> server.get("address").stringValue())
              .toList());
      long written = StreamSupport.stream(servers.spliterator(), false)
          .mapToLong(server -> server.get("written").longValue())
          .sum();
      assertEquals(100, written);
    }
    assertEquals(store.addresses(), described.texts("servers"));
    assertTrue(described.at("valid").booleanValue());
    assertTrue(described.at("complete").booleanValue());
    assertEquals("[]", described.at("damages").toString());
    assertEquals(
        described.number("entries"),
        api.get("/dumps/cache_dump.json").expect(200).number("entries"));
    api.get("/dumps/cache_dump-20260101T000000.000Z.json/").expectProblem(404, "dump-not-found");
    api.get("/dumps/..%2Fsecret/").expectProblem(400, "bad-request");
  }

  @Test
  void keysOfADumpAreFilteredAndPaged() {
    IntStream.range(0, 25).forEach(i -> api.put("a:" + i, "1", i < 10 ? "100" : "null"));
    api.put("b", "1");
    String name = dump();
    api.delete("/").expect(200);
    List<String> found = new ArrayList<>();
    String cursor = "";
    do {
      Reply page = api.get("/dumps/" + name + "/keys/?limit=10" + cursor).expect(200);
      assertEquals(26, page.number("total_keys"));
      assertEquals(page.at("keys").size(), page.number("count"));
      found.addAll(page.texts("keys"));
      cursor = page.at("next_cursor").isNull() ? "" : "&cursor=" + page.text("next_cursor");
    } while (!cursor.isEmpty());
    assertEquals(26, found.size());
    assertEquals(26, new TreeSet<>(found).size());
    assertEquals(List.of("b"), api.get("/dumps/" + name + "/keys/?pattern=^b").texts("keys"));
    Reply passing =
        api.get("/dumps/" + name + "/keys/?app=a&ttl_below=1000&details=true").expect(200);
    assertEquals(10, passing.number("count"));
    JsonNode first = passing.at("keys").get(0);
    assertTrue(first.get("key").stringValue().startsWith("a:"));
    assertTrue(Math.abs(first.get("ttl_seconds").longValue() - 100) <= 2, first::toString);
    assertTrue(first.get("size_bytes").longValue() > 50);
    api.get("/dumps/" + name + "/keys/?pattern=(").expectProblem(400, "invalid-pattern");
    api.get("/dumps/" + name + "/keys/?cursor=x").expectProblem(400, "invalid-parameter");
    api.get("/dumps/" + name + "/keys/?limit=0").expectProblem(400, "invalid-parameter");
    assertTrue(api.get("/dumps/" + name + "/keys/?server=a:1")
        .expectProblem(400, "invalid-parameter")
        .text("detail")
        .contains("server is \"a:1\""));
    assertEquals(
        "never_fetched is true, which cannot be asked for here: a dump does not say which keys were fetched; leave it out",
        api.get("/dumps/" + name + "/keys/?never_fetched=true")
            .expectProblem(400, "invalid-parameter")
            .text("detail"));
    api.get("/dumps/nothing/keys/").expectProblem(404, "dump-not-found");
  }

  @Test
  void itIsComparedWithTheLiveCache() {
    IntStream.range(0, 20).forEach(i -> api.put("same" + i, "1"));
    api.put("changed", "1");
    api.put("gone", "1");
    String name = dump();
    api.send("POST", "/key/changed/", "{\"value\": 2}").expect(200);
    api.delete("/key/gone/").expect(200);
    api.put("new", "1");
    Reply diff = api.get("/dumps/" + name + "/diff/").expect(200);
    assertEquals(20, diff.number("same"));
    assertEquals(1, diff.number("changed"));
    assertEquals(1, diff.number("only_in_dump"));
    assertEquals(1, diff.number("only_live"));
    assertEquals("[{\"key\":\"changed\"}]", diff.at("changed_keys").toString());
    assertEquals("[{\"key\":\"gone\"}]", diff.at("only_in_dump_keys").toString());
    assertEquals("[{\"key\":\"new\"}]", diff.at("only_live_keys").toString());
    Reply started =
        api.send("POST", "/dumps/" + name + "/diff/?async=true", null).expect(202);
    String job = "/jobs/" + started.text("id") + "/";
    Await.until(() -> api.get(job).text("state").equals("done"));
    assertEquals(diff.json(), api.get(job).at("result"));
    api.get("/dumps/nothing/diff/").expectProblem(404, "dump-not-found");
    api.send("POST", "/dumps/nothing/diff/?async=true", null).expectProblem(404, "dump-not-found");
    assertEquals(
        diff.json(),
        api.send("POST", "/dumps/" + name + "/diff/", null).expect(200).json());
    long before = api.get("/jobs/").at("jobs").size();
    String refusal = api.get("/dumps/" + name + "/diff/?async=true")
        .expectProblem(400, "invalid-parameter")
        .text("detail");
    assertTrue(refusal.contains("POST dumps/" + name + "/diff/?async=true"), refusal);
    assertEquals(before, api.get("/jobs/").at("jobs").size());
    api.get("/dumps/" + name + "/diff/?limit=1001").expectProblem(400, "invalid-parameter");
  }

  @Test
  void aKeyIsComparedWhereItIsFound() {
    List<MemcachedServer> servers = store.addresses().size() > 1 ? store.servers() : List.of();
    for (int i = 0; i < 12; i++) {
      if (servers.isEmpty()) {
        api.put("stray" + i, "1");
      } else {
        // Some of them are not where the ring places them.
        servers.get(i % servers.size()).command("set stray" + i + " 0 0 1\r\n1");
      }
    }
    api.get("/keys/?fresh=true").expect(200);
    Reply diff = api.get("/dumps/" + dump() + "/diff/").expect(200);
    assertEquals(12, diff.number("same"));
    assertEquals(0, diff.number("only_in_dump"), diff.json()::toString);
  }

  @Test
  void itIsDownloadedByteByByte() throws IOException {
    IntStream.range(0, 1_000).forEach(i -> api.put("k" + i, "\"value\""));
    String name = dump();
    Reply file = api.get("/dumps/" + name + "/file").expect(200);
    String length = String.valueOf(file.response().body().length);
    assertEquals(length, file.header("content-length"));
    Reply head = api.send("HEAD", "/dumps/" + name + "/file", null).expect(200);
    assertEquals(length, head.header("content-length"));
    assertEquals("application/x-ndjson", file.header("Content-Type"));
    assertEquals("attachment; filename=\"" + name + "\"", file.header("Content-Disposition"));
    assertArrayEquals(Files.readAllBytes(service.dumpFile()), file.response().body());
    api.get("/dumps/nothing/file").expectProblem(404, "dump-not-found");
  }

  @Test
  void itIsDownloadedByWhoAsksForCompression() {
    IntStream.range(0, 1_000).forEach(i -> api.put("k" + i, "\"value\""));
    String path = ApiClient.BASE + "/dumps/" + dump() + "/file";
    String plain =
        api.raw("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path));
    String asked = api.raw(
        "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n"
            .formatted(path));
    assertTrue(asked.startsWith("HTTP/1.1 200"), asked);
    assertEquals(body(plain), body(asked));
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n"));
  }

  @Test
  void deletingTheNewestMakesTheNextCurrent() throws IOException {
    api.put("k", "1");
    String older = dump();
    api.put("l", "1");
    String newest = dump();
    assertEquals(
        "Dump '" + newest + "' deleted",
        api.delete("/dumps/" + newest + "/").expect(200).text("message"));
    api.delete("/dumps/" + newest + "/").expectProblem(404, "dump-not-found");
    assertEquals(1, api.get("/dumps/cache_dump.json/").expect(200).number("entries"));
    Path folder = service.dumpFile().getParent();
    assertTrue(Files.isSameFile(service.dumpFile(), folder.resolve(older)));
    api.delete("/dumps/" + older + "/").expect(200);
    assertFalse(Files.exists(service.dumpFile()));
    restore(null).expectProblem(404, "dump-not-found");
  }

  @Test
  void productionAllowsReadingDumpsOnly() {
    try (RunningService production =
        RunningService.start(store, "production", RunningService.MANY_DUMPS)) {
      ApiClient reading = production.client();
      api.put("k", "1");
      Await.until(() -> reading.get("/dumps/").at("dumps").size() > 0);
      String name = reading.get("/dumps/").at("dumps").get(0).get("name").stringValue();
      reading.get("/dumps/" + name + "/").expect(200);
      reading.get("/dumps/" + name + "/keys/").expect(200);
      reading.get("/dumps/" + name + "/diff/").expect(200);
      reading.get("/dumps/" + name + "/file").expectProblem(403, "management-forbidden");
      reading.delete("/dumps/" + name + "/").expectProblem(403, "management-forbidden");
    }
  }

  @Test
  void restoreAppliesFiltersAndLifetimes() {
    api.put("a:long", "\"" + "v".repeat(500) + "\"", "1000");
    api.put("a:never", "1", "null");
    api.put("b:short", "1", "100");
    dump();
    assertEquals(List.of("a:long", "a:never"), restored("\"app\": \"a\""));
    assertEquals(List.of("a:long"), restored("\"min_size\": 300"));
    assertEquals(List.of("a:never"), restored("\"no_ttl\": true"));
    assertEquals(List.of("b:short"), restored("\"ttl_below\": 500, \"pattern\": \".\""));
    assertEquals(List.of("b:short"), restored("\"prefix\": \"b\", \"ttl\": 7"));
    assertTrue(api.get("/key/b:short/").number("ttl_seconds") <= 7);
    restored("\"ttl\": null");
    assertTrue(api.get("/key/b:short/").at("ttl_seconds").isNull());
    restored("\"ttl\": \"shift\"");
    assertTrue(api.get("/key/b:short/").number("ttl_seconds") > 90);
    assertEquals("keep", restore("{\"dry_run\": true}").expect(200).text("ttl"));
  }

  private List<String> restored(String filter) {
    api.delete("/").expect(200);
    restore("{" + filter + "}").expect(200);
    return api.get("/keys/?fresh=true").texts("keys");
  }

  @Test
  void invalidRestoreIsExplainedAndChangesNothing() {
    api.put("k", "1");
    dump();
    api.delete("/").expect(200);
    for (String body : List.of(
        "{\"ttl\": 0}",
        "{\"ttl\": -1}",
        "{\"ttl\": 1.5}",
        "{\"ttl\": \"forever\"}",
        "{\"ttl\": true}",
        "{\"ttl\": 315360001}",
        "{\"mode\": \"merge\"}",
        "{\"salvage\": \"yes\"}",
        "{\"cold_only\": \"yes\"}",
        "{\"server\": \"a:1\"}",
        "{\"min_size\": 5, \"max_size\": 4}",
        "{\"no_ttl\": true, \"ttl_below\": 5}",
        "{\"min_size\": \"5\"}",
        "{\"dryRun\": true}")) {
      restore(body).expectProblem(400, "invalid-parameter");
    }
    String detail = restore("{\"never_fetched\": true}")
        .expectProblem(400, "invalid-parameter")
        .text("detail");
    assertTrue(detail.startsWith("never_fetched is not taken in the body here"), detail);
    assertEquals(0, api.get("/keys/?fresh=true").number("total_keys"));
  }

  @Test
  void salvageRestoresIntactEntries() throws IOException {
    String value = "\"" + "v".repeat(1_000) + "\"";
    IntStream.range(0, 2_500).forEach(i -> api.put("k" + i, value));
    String name = dump();
    byte[] bytes = Files.readAllBytes(service.dumpFile());
    bytes[bytes.length / 5] ^= 4;
    Files.write(service.dumpFile(), bytes);
    Reply described = api.get("/dumps/" + name + "/").expect(200);
    assertFalse(described.at("valid").booleanValue());
    assertTrue(described.at("damages").size() > 0, described::toString);
    long intact = described.number("entries");
    assertTrue(intact > 500 && intact < 2_500, described::toString);
    api.delete("/").expect(200);
    String named = "{\"name\": \"" + name + "\"";
    restore(named + "}").expectProblem(409, "dump-unusable");
    assertEquals(0, api.get("/keys/?fresh=true").number("total_keys"));
    Reply restored = restore(named + ", \"salvage\": true}").expect(200);
    assertEquals(intact, restored.number("restored"));
    assertEquals(described.at("damages"), restored.at("damages"));
    assertEquals(intact, api.get("/keys/?fresh=true").number("total_keys"));
    assertEquals(texts(restored.at("refused")), List.of());
  }
}
