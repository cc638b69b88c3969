package org.ocmcore.cache.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

class FolsomClientIT {
  @Test
  void aStoredValueIsRead() throws IOException, InterruptedException {
    try (MemcachedServer server = MemcachedServer.start();
        FolsomClient folsom = new FolsomClient(server.port())) {
      assertNull(folsom.get("key"));
      assertTrue(folsom.set("key", new byte[] {1, 2}, 100));
      assertArrayEquals(new byte[] {1, 2}, folsom.get("key"));
    }
  }
}
