package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import tools.jackson.databind.JsonNode;

/** Work on many keys: filters, plans, jobs, lists and the account of every key. */
class HttpBulkIT extends HttpFixture {
  private static final String MANAGE = "/pattern/manage/";

  private void putMany(String prefix, int count) {
    IntStream.range(0, count).parallel().forEach(i -> api.put(prefix + i, "1", "1000"));
  }

  private static void assertAddsUp(Reply reply) {
    assertEquals(
        reply.number("matched_count"),
        reply.number("done_count")
            + reply.number("already_gone_count")
            + reply.number("refused_count")
            + reply.number("left_count"));
    long matched = 0;
    for (JsonNode server : reply.at("servers")) {
      assertTrue(server.get("failure").isNull());
      matched += server.get("matched").longValue();
    }
    assertEquals(reply.number("matched_count"), matched);
  }

  @Test
  void theAccountReportsEveryKeyByServer() {
    putMany("x:", 300);
    Reply reply = api.send("DELETE", MANAGE, "{\"pattern\": \"^x:\"}").expect(200);
    assertAddsUp(reply);
    assertEquals(300, reply.number("done_count"));
    assertEquals(List.of(), reply.texts("refused"));
    assertEquals(
        Set.copyOf(store.addresses()),
        IntStream.range(0, reply.at("servers").size())
            .mapToObj(i -> reply.at("servers").get(i).get("address").stringValue())
            .collect(Collectors.toSet()));
  }

  @Test
  void filtersNarrowWhatIsChanged() {
    putMany("a:", 5);
    putMany("b:", 5);
    api.put("a:never", "1", "null");
    Reply dry = api.send(
            "DELETE",
            MANAGE,
            "{\"pattern\": \".\", \"app\": \"a\", \"no_ttl\": true, \"dry_run\": true}")
        .expect(200);
    assertEquals(1, dry.number("matched_count"));
    api.get("/key/a:never/").expect(200);
    // The server may report late that they were stored, which says that nobody has read them.
    String unread = "{\"app\": \"a\", \"never_fetched\": true, \"dry_run\": true, \"fresh\": true}";
    Await.until(() -> api.send("DELETE", MANAGE, unread)
        .text("message")
        .equals("5 keys matching app 'a', never_fetched would be deleted"));
    assertEquals(
        6,
        api.send("PUT", MANAGE, "{\"pattern\": \".\", \"prefix\": \"a:\", \"timeout\": 50}")
            .expect(200)
            .number("refreshed_count"));
    assertTrue(api.get("/key/b:1/").number("ttl_seconds") > 900);
    api.send("DELETE", MANAGE, "{\"pattern\": \".\", \"min_size\": \"x\"}")
        .expectProblem(400, "invalid-parameter");
    api.send("DELETE", MANAGE, "{\"pattern\": \".\", \"server\": \"nowhere:1\"}")
        .expectProblem(400, "invalid-parameter");
    for (String body : List.of("{\"min_size\": 0}", "{\"app\": \"a\", \"match\": \"glob\"}")) {
      api.send("DELETE", MANAGE, body).expectProblem(400, "pattern-required");
    }
    assertEquals(11, api.get("/keys/").number("total_keys"));
  }

  @Test
  void aFilterThatLeavesKeysOutNeedsNoPattern() {
    putMany("a:", 2);
    putMany("b:", 3);
    Reply dry =
        api.send("DELETE", MANAGE, "{\"app\": \"a\", \"dry_run\": true}").expect(200);
    assertEquals("2 keys matching app 'a' would be deleted", dry.text("message"));
    assertFalse(dry.json().has("pattern"));
    Reply done =
        api.send("DELETE", MANAGE, "{\"plan\": \"" + dry.text("plan") + "\"}").expect(200);
    assertEquals(2, done.number("deleted_count"));
    assertFalse(done.json().has("pattern"));
    assertEquals(
        3,
        api.send("PUT", MANAGE, "{\"max_size\": 1000, \"timeout\": 50}")
            .expect(200)
            .number("refreshed_count"));
  }

  @Test
  void dryRunGivesCountsAndAPlan() {
    putMany("shop:", 12);
    putMany("user:", 3);
    Reply dry =
        api.send("DELETE", MANAGE, "{\"pattern\": \":\", \"dry_run\": true}").expect(200);
    assertEquals(15, dry.number("matched_count"));
    assertEquals(12, dry.at("apps").get("shop").intValue());
    assertEquals(3, dry.at("apps").get("user").intValue());
    assertEquals(2, dry.number("total_apps"));
    long onServers = 0;
    for (String address : store.addresses()) {
      onServers += dry.at("servers").get(address).longValue();
    }
    assertEquals(15, onServers);
    String plan = "{\"plan\": \"" + dry.text("plan") + "\"}";
    api.send("PUT", MANAGE, plan).expectProblem(400, "invalid-parameter");
    api.send("DELETE", MANAGE, plan.replace("}", ", \"pattern\": \"shop\"}"))
        .expectProblem(400, "invalid-parameter");
    Reply again = api.send("DELETE", MANAGE, plan.replace("}", ", \"dry_run\": true}"));
    assertEquals(15, again.expect(200).number("matched_count"));
    assertEquals(15, api.send("DELETE", MANAGE, plan).expect(200).number("deleted_count"));
  }

  @Test
  void outgrownPlanIsRejected() {
    putMany("p:", 10);
    Reply dry = api.send("PUT", MANAGE, "{\"pattern\": \"^p:\", \"timeout\": 5, \"dry_run\": true}")
        .expect(200);
    api.put("p:10", "1", "1000");
    api.put("p:11", "1", "1000");
    String plan = "{\"plan\": \"" + dry.text("plan") + "\"}";
    api.send("PUT", MANAGE, plan).expectProblem(409, "plan-outgrown");
    assertTrue(api.get("/key/p:1/").number("ttl_seconds") > 900);
    api.send("DELETE", "/key/p:11/", null).expect(200);
    Reply done = api.send("PUT", MANAGE, plan).expect(200);
    assertEquals(11, done.number("refreshed_count"));
    assertEquals(5, done.number("timeout"));
    api.send("PUT", MANAGE, "{\"plan\": \"unknown\"}").expectProblem(404, "plan-not-found");
    api.send("PUT", MANAGE, "{\"plan\": 7}").expectProblem(400, "invalid-parameter");
  }

  @Test
  void jitterSpreadsTheEnds() {
    putMany("j:", 50);
    Reply reply = api.send(
            "PUT", MANAGE, "{\"pattern\": \"^j:\", \"timeout\": 100000, \"jitter\": 0.5}")
        .expect(200);
    assertEquals(50, reply.number("refreshed_count"));
    assertEquals(0.5, reply.at("jitter").doubleValue());
    Set<Long> ends = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      long ttl = api.get("/key/j:" + i + "/").number("ttl_seconds");
      assertTrue(ttl >= 49_990 && ttl <= 100_000, () -> ttl + " s");
      ends.add(ttl);
    }
    assertTrue(ends.size() > 30);
    for (String wrong : List.of("1.5", "-1", "\"0.5\"", "null")) {
      api.send("PUT", MANAGE, "{\"pattern\": \"^j:\", \"jitter\": %s}".formatted(wrong))
          .expectProblem(400, "invalid-parameter");
    }
  }

  @Test
  void validRateIsTakenAndWrongOneRejected() {
    putMany("r:", 20);
    api.send("DELETE", MANAGE, "{\"pattern\": \"^r:\", \"rate\": -1}")
        .expectProblem(400, "invalid-parameter");
    api.send("DELETE", "/apps/r/", "{\"rate\": 5}").expectProblem(400, "invalid-parameter");
    assertEquals(
        20,
        api.send("DELETE", MANAGE, "{\"pattern\": \"^r:\", \"rate\": 1000}")
            .expect(200)
            .number("deleted_count"));
  }

  @Test
  void itIsAJobThatCanBeFollowed() {
    putMany("x:", 300);
    Reply started =
        api.send("DELETE", MANAGE + "?async=true", "{\"pattern\": \"^x:\"}").expect(202);
    assertEquals("delete", started.text("kind"));
    assertEquals("keys with pattern '^x:'", started.text("about"));
    assertEquals(
        "A delete has begun as job '%s': keys with pattern '^x:'".formatted(started.text("id")),
        started.text("message"));
    String job = started.header("Location").substring(ApiClient.BASE.length());
    Await.until(() -> api.get(job).text("state").equals("done"));
    JsonNode result = api.get(job).at("result");
    assertEquals(300, result.get("done_count").intValue());
    assertEquals(300, result.get("deleted_count").intValue());
    assertEquals("^x:", result.get("pattern").stringValue());
    assertEquals(
        "Deleted 300 keys matching pattern '^x:'", result.get("message").stringValue());
    assertEquals(0, api.get("/keys/").number("total_keys"));
  }

  @Test
  void appIsDeletedAsAJobOnRequest() {
    putMany("shop:", 20);
    api.put("other", "1");
    Reply started = api.send("DELETE", "/apps/shop/?async=true", null).expect(202);
    String job = started.header("Location").substring(ApiClient.BASE.length());
    Await.until(() -> api.get(job).text("state").equals("done"));
    assertEquals(20, api.get(job).at("result").get("deleted_count").intValue());
    assertEquals(1, api.get("/keys/").number("total_keys"));
  }

  /** Small changes must not push what came of a large one out of sight. */
  @Test
  void changesOfNamedKeysAreNoJobs() {
    putMany("k", 1);
    JsonNode before = api.get("/jobs/").at("jobs");
    api.send("POST", "/keys/delete/", "{\"keys\": [\"k0\"]}").expect(200);
    assertEquals(before, api.get("/jobs/").at("jobs"));
  }

  @Test
  void cancelledJobReportsWhatIsDone() {
    putMany("x:", 300);
    Reply started = api.send(
            "DELETE", MANAGE + "?async=true", "{\"pattern\": \"^x:\", \"rate\": 20}")
        .expect(202);
    String job = started.header("Location").substring(ApiClient.BASE.length());
    Await.until(() -> api.get(job).at("progress").get("done").longValue() > 0);
    api.delete(job).expect(202);
    Await.until(() -> api.get(job).text("state").equals("cancelled"));
    long done = api.get(job).at("result").get("done_count").longValue();
    assertTrue(done > 0 && done < 300, () -> done + " are done");
    assertEquals(300 - done, api.get("/keys/?fresh=true").number("total_keys"));
    assertEquals(
        "urn:cache-app:problem:cancelled", api.get(job).at("error").get("type").stringValue());
  }

  @Test
  void namedKeysAreReadChangedAndDeleted() {
    putMany("k", 5);
    api.send("POST", "/key/?key_base64=/3g=", "{\"value\": {\"base64\": \"/wE=\"}}")
        .expect(201);
    Reply got = api.send(
            "POST",
            "/keys/get/",
            "{\"keys\": [\"k1\", \"none\", \"k2\", \"k1\"], \"keys_base64\": [\"/3g=\"]}")
        .expect(200);
    assertEquals(3, got.number("count"));
    assertEquals(1, got.at("values").get("k1").intValue());
    assertEquals("/wE=", got.at("values_base64").get("/3g=").get("base64").stringValue());
    assertEquals("none", got.at("missing").get(0).get("key").stringValue());
    assertFalse(got.at("truncated").booleanValue());

    Reply refreshed = api.send(
            "POST", "/keys/refresh/", "{\"keys\": [\"k1\", \"none\"], \"timeout\": 50}")
        .expect(200);
    assertEquals(1, refreshed.number("refreshed_count"));
    assertEquals(1, refreshed.number("already_gone_count"));
    assertTrue(api.get("/key/k1/").number("ttl_seconds") <= 50);

    Reply deleted = api.send(
            "POST", "/keys/delete/", "{\"keys\": [\"k1\", \"k2\"], \"keys_base64\": [\"/3g=\"]}")
        .expect(200);
    assertAddsUp(deleted);
    assertEquals(3, deleted.number("deleted_count"));
    assertEquals(3, api.get("/keys/").number("total_keys"));
  }

  @Test
  void invalidListIsRejectedAndChangesNothing() {
    api.put("k", "1");
    String many = IntStream.rangeClosed(0, 1_000)
        .mapToObj(i -> "\"k" + i + "\"")
        .collect(Collectors.joining(","));
    for (String path : List.of("/keys/get/", "/keys/delete/", "/keys/refresh/")) {
      for (String body : List.of(
          "{}",
          "{\"keys\": []}",
          "{\"keys\": \"k\"}",
          "{\"keys\": [\"k\", 7]}",
          "{\"keys\": [" + many + "]}")) {
        api.send("POST", path, body).expectProblem(400, "invalid-parameter");
      }
      Reply wrong = api.send("POST", path, "{\"keys\": [\"k\", \"a b\"]}");
      wrong.expectProblem(400, "invalid-key");
      assertTrue(wrong.text("detail").startsWith("keys[1]: "), wrong.text("detail"));
      api.send("POST", path, "{\"keys_base64\": [\"?\"]}").expectProblem(400, "invalid-key");
    }
    assertEquals(1, api.get("/keys/").number("total_keys"));
  }
}
