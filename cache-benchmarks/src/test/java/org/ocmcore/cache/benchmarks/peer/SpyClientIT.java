package org.ocmcore.cache.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

class SpyClientIT {
  @Test
  void aStoredValueIsRead() throws IOException, InterruptedException {
    try (MemcachedServer server = MemcachedServer.start();
        SpyClient spy = new SpyClient(server.port())) {
      assertNull(spy.get("key"));
      assertTrue(spy.set("key", "text", 100));
      assertEquals("text", spy.get("key"));
      assertEquals(Map.of("key", "text"), spy.getAll(List.of("key", "absent")));
    }
  }
}
