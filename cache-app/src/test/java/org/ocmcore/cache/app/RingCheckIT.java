package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import tools.jackson.databind.JsonNode;

/** The service says which ring placed the keys that other clients stored. */
class RingCheckIT {
  private static final List<String> WEIGHTED = List.of(":1", ":2", ":4");

  private final List<MemcachedServer> servers =
      Stream.generate(MemcachedServer::start).limit(3).toList();

  @AfterEach
  void stop() {
    servers.forEach(MemcachedServer::close);
  }

  private List<String> addresses(List<String> weights) {
    return IntStream.range(0, servers.size())
        .mapToObj(i -> servers.get(i).address() + weights.get(i))
        .toList();
  }

  @Test
  void theRingOfTheOtherClientIsNamed() throws Exception {
    List<String> addresses = addresses(WEIGHTED);
    assertEquals(100, FleetClient.run("php", "php_memcached.php", "store", addresses));
    try (RunningService service = RunningService.start(
        StoreKind.MEMORY, "production", Map.of("MEMCACHED_SERVERS", String.join(",", addresses)))) {
      ApiClient api = service.client();
      Await.until(() -> api.get("/stats/").json().has("ring"));
      ApiClient.Reply stats = api.get("/stats/").expect(200);
      JsonNode ring = stats.at("ring");
      assertEquals("libmemcached-ketama", ring.get("fits").stringValue());
      assertEquals("ketama", ring.get("current").stringValue());
      assertEquals(100, ring.get("sampled_keys").intValue());
      assertEquals(100, ring.get("matches").get("libmemcached-ketama").intValue());
      assertEquals(8, ring.get("matches").size());
      String message = ring.get("message").stringValue();
      assertTrue(
          message.startsWith(
              "of 100 keys sampled, 100 are where the ring libmemcached-ketama puts them, "),
          message);
      for (int i = 0; i < servers.size(); i++) {
        assertEquals(
            servers.get(i).address(), stats.at("/servers/" + i + "/address").stringValue());
      }
    }
  }
}
