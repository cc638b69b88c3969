package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import tools.jackson.databind.JsonNode;

/** {@code GET check/}. */
class HttpCheckIT {
  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void eachServerSaysWhatItOffers(StoreKind store) {
    RunningService service = RunningService.fresh(store);
    JsonNode check = service.client().get("/check/").expect(200).json();
    for (JsonNode server : check.get("servers")) {
      assertTrue(server.get("up").booleanValue(), check::toString);
      assertTrue(server.get("listed").booleanValue(), check::toString);
      assertTrue(server.get("latency_ms").doubleValue() >= 0, check::toString);
      assertFalse(server.get("requires_password").booleanValue(), check::toString);
      assertTrue(server.get("reports").isArray(), check::toString);
    }
  }

  @Test
  void aServerThatIsDownIsNamedBesideTheOthers() {
    List<MemcachedServer> two = List.of(MemcachedServer.start(), MemcachedServer.start("-X"));
    String down;
    try (RunningService service = RunningService.start(
        StoreKind.MEMORY,
        "production",
        Map.of(
            "MEMCACHED_SERVERS",
            two.get(0).address() + "," + two.get(1).address() + ",127.0.0.1:1"))) {
      JsonNode servers = service.client().get("/check/").expect(200).at("servers");
      assertEquals(3, servers.size());
      assertTrue(servers.get(0).get("listed").booleanValue());
      assertTrue(servers.get(1).get("up").booleanValue());
      assertFalse(servers.get(1).get("listed").booleanValue());
      assertTrue(
          servers.get(1).get("risks").get(0).stringValue().contains("without the option -X"),
          servers::toString);
      assertEquals("unlisted", servers.get(1).get("risk_kinds").get(0).stringValue());
      assertEquals("down", servers.get(2).get("risk_kinds").get(0).stringValue());
      down = servers.get(2).toString();
      assertFalse(servers.get(2).get("up").booleanValue());
      assertTrue(servers.get(2).get("version").isNull(), down);
      assertTrue(servers.get(2).get("risks").get(0).stringValue().contains("refused"), down);
    } finally {
      two.forEach(MemcachedServer::close);
    }
  }
}
