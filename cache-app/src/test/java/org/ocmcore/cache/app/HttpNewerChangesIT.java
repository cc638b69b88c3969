package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.EventFollower;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.Release;
import tools.jackson.databind.JsonNode;

/** A newer memcached reports deletions, too. */
class HttpNewerChangesIT {
  private static final int VALUE_BYTES = 100_000;

  private MemcachedServer server;
  private RunningService service;

  @BeforeEach
  void start() {
    server = MemcachedServer.start(Release.NEWER, "-B", "ascii");
    service = RunningService.start(
        StoreKind.MEMORY, "production", Map.of("MEMCACHED_SERVERS", server.address()));
  }

  @AfterEach
  void close() {
    service.close();
    server.close();
  }

  private static void awaitFeed(EventFollower follower) throws IOException {
    JsonNode state = follower.event("servers");
    while (state.at("/servers/0/reports").size() < 3) {
      state = follower.event("servers");
    }
  }

  private static void assertChange(String kind, String key, JsonNode change) {
    assertEquals(kind, change.get("kind").stringValue());
    assertEquals(key, change.get("key").stringValue());
    assertEquals(kind.equals("stored"), change.has("size_bytes"));
  }

  @Test
  void storesAndDeletionsAreReportedInOrder() throws IOException {
    try (EventFollower follower = service.client().follow("/changes/events")) {
      awaitFeed(follower);
      server.command("set k 0 0 1\r\nv\r\ndelete k\r\nset k 0 0 1\r\nw\r\nset k 0 -1 1\r\nx");
      assertChange("stored", "k", follower.event("change"));
      assertChange("deleted", "k", follower.event("change"));
      assertChange("stored", "k", follower.event("change"));
      assertChange("deleted", "k", follower.event("change"));
    }
  }

  @Test
  void evictionsAreReported() throws IOException {
    try (EventFollower follower = service.client().follow("/changes/events?kinds=evicted")) {
      awaitFeed(follower);
      fill(1_000);
      JsonNode change = follower.event("change");
      assertEquals("evicted", change.get("kind").stringValue());
      assertTrue(change.get("key").stringValue().startsWith("large:"), change::toString);
    }
  }

  private void fill(int count) throws IOException {
    String value = "v".repeat(VALUE_BYTES);
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      for (int i = 0; i < count; i++) {
        socket
            .getOutputStream()
            .write("set large:%d 0 0 %d noreply\r\n%s\r\n"
                .formatted(i, VALUE_BYTES, value)
                .getBytes(StandardCharsets.US_ASCII));
      }
      socket.getOutputStream().write("mn\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals('M', socket.getInputStream().read());
    }
  }
}
