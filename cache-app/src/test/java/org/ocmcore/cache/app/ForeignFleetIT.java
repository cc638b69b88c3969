package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import tools.jackson.databind.JsonNode;

/**
 * Three servers whose keys were placed by other clients, each by its own rule: the service finds,
 * deletes and restores every key.
 */
class ForeignFleetIT {
  private final List<MemcachedServer> servers =
      Stream.generate(MemcachedServer::start).limit(3).toList();
  private RunningService service;
  private ApiClient api;

  @BeforeEach
  void start() {
    String addresses = String.join(",", addresses());
    service = RunningService.start(
        StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", addresses));
    api = service.client();
  }

  @AfterEach
  void stop() {
    service.close();
    servers.forEach(MemcachedServer::stop);
  }

  private List<String> addresses() {
    return servers.stream().map(MemcachedServer::address).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/bin/python3, python_memcached.py",
    "/usr/bin/python3, pymemcache_client.py",
    "/usr/bin/python3, pylibmc_client.py",
    "php, php_memcached.php",
    "ruby, dalli.rb"
  })
  void everyKeyIsFoundDeletedAndRestored(String interpreter, String script) throws Exception {
    assertManaged(command -> FleetClient.run(interpreter, script, command, addresses()));
  }

  /** The client sees one server; the proxy places the keys. */
  @Test
  void keysBehindATwemproxyAreFoundDeletedAndRestored() throws Exception {
    try (Twemproxy proxy = Twemproxy.start(addresses())) {
      List<String> address = List.of(proxy.address());
      assertManaged(
          command -> FleetClient.run("/usr/bin/python3", "python_memcached.py", command, address));
    }
  }

  /** Makes a client store or count its keys; returns their number. */
  private interface Client {
    int run(String command) throws Exception;
  }

  private void assertManaged(Client client) throws Exception {
    assertEquals(100, client.run("store"));
    for (int i = 0; i < 100; i++) {
      api.get("/key/fleet:" + i + "/").expect(200);
    }
    api.send("POST", "/", "{}").expect(200);
    api.delete("/key/fleet:0/").expect(200);
    assertEquals(99, client.run("count"));

    api.delete("/").expect(200);
    assertEquals(0, client.run("count"));
    assertEquals(100, api.send("POST", "/restore/", "{}").expect(200).number("restored"));
    assertEquals(100, client.run("count"));

    String keys = Stream.iterate(0, i -> i + 1)
        .limit(100)
        .map(i -> "\"fleet:" + i + "\"")
        .toList()
        .toString();
    assertEquals(
        100,
        api.send("POST", "/keys/delete/", "{\"keys\": " + keys + "}")
            .expect(200)
            .number("deleted_count"));
    assertEquals(0, client.run("count"));
  }

  /** As a client leaves them that went to the next server while one was away. */
  @Test
  void copiesAreShownDeletedAndRefreshedTogether() {
    servers.forEach(server -> server.command("set twice 0 0 1\r\nv"));
    api.get("/keys/?fresh=true").expect(200);
    JsonNode listed = api.get("/keys/?details=true").expect(200).at("keys").get(0);
    assertEquals("twice", listed.get("key").asString());
    assertEquals(3, listed.get("copies").intValue());
    JsonNode counted = api.get("/analysis/").expect(200).at("on_several_servers");
    assertEquals(1, counted.get("keys").intValue());

    ApiClient.Reply refreshed =
        api.send("PUT", "/key/twice/", "{\"timeout\": 1000}").expect(200);
    assertEquals(Set.copyOf(addresses()), Set.copyOf(refreshed.texts("servers")));
    assertEquals(refreshed.text("server"), api.get("/key/twice/").expect(200).text("server"));
    ApiClient.Reply deleted = api.delete("/key/twice/").expect(200);
    assertEquals(Set.copyOf(addresses()), Set.copyOf(deleted.texts("servers")));
    servers.forEach(server -> assertEquals("END", server.command("get twice").strip()));
    api.get("/key/twice/").expect(404);
  }

  /** A client marked one as stale, and holds another's place. */
  @Test
  void staleItemsAreCountedAndLeftToTheirOwners() {
    MemcachedServer first = servers.get(0);
    first.command("ms old 1\r\nv");
    first.command("md old I");
    first.command("mg place N30");
    first.command("ms fresh 1\r\nv");
    ApiClient.Reply dumped = api.send("POST", "/", "{}").expect(200);
    assertEquals(1, dumped.number("entries"));
    assertEquals(2, dumped.at("skipped").get("stale").longValue());
    assertTrue(first.command("mg old").contains(" W"));
  }
}
