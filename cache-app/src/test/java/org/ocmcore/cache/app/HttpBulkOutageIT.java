package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.StoreOutcome;
import tools.jackson.databind.JsonNode;

/** Changes of many keys on real servers that die or hang on the way, and that others fill. */
class HttpBulkOutageIT {
  private static final String MANAGE = "/pattern/manage/";
  private static final int KEYS = 2_000;

  private List<MemcachedServer> servers;
  private RunningService service;
  private ApiClient api;

  @BeforeEach
  void start() {
    servers = Stream.generate(MemcachedServer::start).limit(3).toList();
    String addresses =
        String.join(",", servers.stream().map(MemcachedServer::address).toList());
    service = RunningService.start(
        StoreKind.MEMORY,
        "development",
        Map.of("MEMCACHED_SERVERS", addresses, "MEMCACHED_TIMEOUT_MS", "500"));
    api = service.client();
  }

  @AfterEach
  void stop() {
    service.close();
    servers.forEach(MemcachedServer::stop);
  }

  /** Another client fills every server with so many keys. */
  private void fill(String prefix, int count) {
    String addresses =
        String.join(",", servers.stream().map(MemcachedServer::address).toList());
    try (MemcachedStore other =
        MemcachedStore.open(MemcachedSettings.parse(addresses), Clock.systemUTC())) {
      for (MemcachedServer server : servers) {
        other
            .bulk()
            .store(
                server.address(),
                IntStream.range(0, count)
                    .mapToObj(i -> new CacheEntry(
                        CacheKey.of(prefix + server.address() + ":" + i),
                        CacheValue.ofText("v"),
                        Expiry.NEVER))
                    .iterator(),
                true,
                (entry, outcome, reason) -> assertEquals(StoreOutcome.STORED, outcome));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "PUT"})
  void killedServerDoesNotStopTheOthers(String verb) {
    assertTheRestGoesOn(verb, MemcachedServer::stop);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "PUT"})
  void repeatingFinishesAfterAServerHasHung(String verb) {
    JsonNode first = assertTheRestGoesOn(verb, MemcachedServer::pause);
    servers.get(1).resume();
    Await.until(() -> api.get("/keys/?limit=1").status() == 200);
    Reply again =
        api.send(verb, MANAGE, "{\"pattern\": \"^k:\", \"fresh\": true}").expect(200);
    assertEquals(0, again.number("left_count"));
    if (verb.equals("DELETE")) {
      // What it was asked for before it hung it may have done without saying so.
      assertTrue(again.number("done_count") <= first.get("left_count").longValue());
      assertEquals(0, api.get("/keys/?fresh=true").number("total_keys"));
    } else {
      assertEquals(3 * KEYS, again.number("done_count"));
    }
  }

  /** Returns the account. */
  private JsonNode assertTheRestGoesOn(String verb, Consumer<MemcachedServer> end) {
    fill("k:", KEYS);
    Reply started = api.send(
            verb, MANAGE + "?async=true", "{\"pattern\": \"^k:\", \"fresh\": true, \"rate\": 2000}")
        .expect(202);
    String job = started.header("Location").substring(ApiClient.BASE.length());
    Await.until(() -> api.get(job).at("progress").get("done").longValue() > 100);
    MemcachedServer lost = servers.get(1);
    end.accept(lost);
    Await.until(() -> api.get(job).text("state").equals("failed"));
    JsonNode error = api.get(job).at("error");
    assertEquals("urn:cache-app:problem:bulk-incomplete", error.get("type").stringValue());
    assertTrue(error.get("detail").stringValue().contains(lost.address()), error::toString);
    JsonNode account = api.get(job).at("result");
    assertEquals(3 * KEYS, account.get("matched_count").longValue());
    for (JsonNode share : account.get("servers")) {
      boolean isLost = share.get("address").stringValue().equals(lost.address());
      assertEquals(!isLost, share.get("failure").isNull(), share::toString);
      assertEquals(isLost, share.get("left").longValue() > 0, share::toString);
      assertEquals(
          KEYS,
          share.get("done").longValue()
              + share.get("already_gone").longValue()
              + share.get("left").longValue());
    }
    return account;
  }

  @Test
  void namedKeysOfOtherServersAreAnswered() {
    IntStream.range(0, 90).forEach(i -> api.put("n" + i, "1"));
    String names = IntStream.range(0, 91)
        .mapToObj(i -> "\"n" + i + "\"")
        .collect(Collectors.joining(", ", "{\"keys\": [", "]}"));
    MemcachedServer lost = servers.get(1);
    lost.stop();
    Reply reply = api.send("POST", "/keys/get/", names).expectProblem(503, "store-unavailable");
    assertEquals(Set.of(lost.address()), reply.at("failures").propertyNames());
    int there = reply.at("values").size();
    int unread = reply.at("not_read").size();
    assertTrue(there > 0 && unread > 0, () -> there + " are there, " + unread + " are not read");
    assertEquals(91, there + unread + reply.at("missing").size());
    assertTrue(reply.at("missing").size() <= 1);
  }

  /** A feed reports a moment later; a walk that begins now finds them all. */
  @Test
  void freshChangeIncludesJustStoredKeys() {
    fill("a:", 1);
    api.get("/keys/?fresh=true").expect(200);
    fill("b:", 10_000);
    Reply reply =
        api.send("DELETE", MANAGE, "{\"pattern\": \"^b:\", \"fresh\": true}").expect(200);
    assertEquals(30_000, reply.number("deleted_count"));
    assertFalse(reply.text("as_of").isEmpty());
    assertEquals(3, api.get("/keys/?fresh=true").number("total_keys"));
  }
}
