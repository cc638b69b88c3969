package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import tools.jackson.databind.JsonNode;

/**
 * A memcached server that is down, hung or restarted is 503, never an empty cache, and is found
 * again by itself.
 */
class HttpOutageIT {
  private static final Duration BOUND = Duration.ofSeconds(30);

  private List<MemcachedServer> servers;
  private RunningService service;
  private ApiClient api;

  @BeforeEach
  void start() {
    servers = Stream.generate(MemcachedServer::start).limit(3).toList();
    service = RunningService.start(StoreKind.MEMORY, "development", settings());
    api = service.client();
    IntStream.range(0, 60).forEach(i -> api.put("k" + i, "\"v\""));
  }

  private Map<String, String> settings() {
    String addresses =
        String.join(",", servers.stream().map(MemcachedServer::address).toList());
    return Map.of("MEMCACHED_SERVERS", addresses, "MEMCACHED_TIMEOUT_MS", "500");
  }

  @AfterEach
  void stop() {
    service.close();
    servers.forEach(MemcachedServer::stop);
  }

  @Test
  void requestsForAllServersNameTheDownOne() {
    servers.get(1).stop();
    assertEverythingFailsOn(servers.get(1));
  }

  @Test
  void aHungServerIs503WithinABoundedTime() {
    servers.get(2).pause();
    try {
      assertTimeoutPreemptively(BOUND, () -> assertEverythingFailsOn(servers.get(2)));
    } finally {
      servers.get(2).resume();
    }
    Await.until(() -> api.get("/keys/").status() == 200);
    assertEquals(60, api.get("/keys/").number("total_keys"));
  }

  @Test
  void workOnOneServerNeedsNoOther() {
    servers.get(2).pause();
    try {
      awaitLoss();
      String up = servers.get(0).address();
      long keys = servers.get(0).stat("curr_items");
      assertEquals(
          keys, api.get("/keys/?server=" + up).expect(200).texts("keys").size());
      Reply fresh = api.get("/analysis/?fresh=true&server=" + up).expect(200);
      assertEquals(keys, fresh.at("totals").get("keys").longValue());
      assertTrue(fresh.at("complete").booleanValue());
      String change = "{\"pattern\": \"^k\", \"server\": \"%s\"}".formatted(up);
      assertEquals(
          keys, api.send("DELETE", "/pattern/manage/", change).expect(200).number("deleted_count"));
    } finally {
      servers.get(2).resume();
    }
  }

  private void assertEverythingFailsOn(MemcachedServer down) {
    awaitLoss();
    for (String path : List.of(
        "/keys/",
        "/pattern/?pattern=k",
        "/pattern/?pattern=k&values=true",
        "/pattern/stats/?pattern=k",
        "/apps/stats/",
        "/apps/registry/",
        "/apps/global/stats/")) {
      assert503(api.get(path), down);
    }
    assert503(api.send("DELETE", "/pattern/manage/", "{\"pattern\": \"k\"}"), down);
    assert503(api.send("PUT", "/pattern/manage/", "{\"pattern\": \"k\"}"), down);
    assert503(api.send("POST", "/", null), down);
    assert503(api.delete("/apps/global/"), down);
    Reply stats = api.get("/stats/").expect(200);
    assertFalse(stats.at("tracking").get("complete").booleanValue());
    for (JsonNode server : stats.at("servers")) {
      boolean isDown = server.get("address").stringValue().equals(down.address());
      assertEquals(!isDown, server.get("up").booleanValue());
      assertEquals(isDown, server.has("problem"));
    }
    assertEquals("[]", api.get("/dumps/").at("dumps").toString());
  }

  /** The servers are looked after every second. */
  private void awaitLoss() {
    Await.until(() -> api.get("/keys/").status() == 503);
  }

  private static void assert503(Reply reply, MemcachedServer down) {
    reply.expect(503);
    assertEquals("1", reply.header("retry-after"));
    assertTrue(reply.text("detail").contains(down.address()), reply.text("detail"));
  }

  @Test
  void unwalkableServerIs503WithoutRetryAfter() {
    servers.get(1).restart("-F");
    Await.until(() -> api.get("/keys/").status() == 200);
    Reply reply = api.delete("/").expect(503);
    assertEquals("", reply.header("retry-after"));
    assertTrue(reply.text("detail").contains("flush_all not allowed"), reply.text("detail"));
  }

  @Test
  void keysOfADeadServerAre503() {
    servers.get(0).stop();
    List<Integer> statuses = IntStream.range(0, 60)
        .map(i -> api.get("/key/k" + i + "/").status())
        .boxed()
        .toList();
    assertTrue(statuses.contains(200) && statuses.contains(503), statuses.toString());
    assertEquals(
        List.of(),
        statuses.stream().filter(status -> status != 200 && status != 503).toList());
  }

  @Test
  void clearingNamesTheServerThatFailed() {
    servers.get(0).stop();
    assert503(api.delete("/"), servers.get(0));
  }

  @Test
  void whenNoServerAnswersEvenStatsAre503() {
    servers.forEach(MemcachedServer::stop);
    api.get("/stats/").expectProblem(503, "store-unavailable");
    api.get("/key/k1/").expectProblem(503, "store-unavailable");
  }

  @Test
  void returningServerIsFound() {
    servers.get(1).stop();
    awaitLoss();
    servers.get(1).restart();
    Await.until(() -> api.get("/keys/").status() == 200);
    Await.until(() -> IntStream.range(0, 60)
        .allMatch(i -> api.send("POST", "/key/k" + i + "/", "{\"value\": 1}").status() < 300));
    assertEquals(60, api.get("/keys/").number("total_keys"));
  }

  @Test
  void serviceStartsWhileServersAreDown() {
    servers.forEach(MemcachedServer::stop);
    try (RunningService early = RunningService.start(StoreKind.MEMORY, "production", settings())) {
      early.client().get("/keys/").expectProblem(503, "store-unavailable");
      servers.forEach(MemcachedServer::restart);
      Await.until(() -> early.client().get("/keys/").status() == 200);
      Await.until(() -> early.client().get("/key/k1/").status() == 404);
    }
  }
}
