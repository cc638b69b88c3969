package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class MemcachedServerIT {
  @Test
  void roomForItemsSetsMemoryAndHashPower() {
    try (MemcachedServer server = MemcachedServer.startWithRoomFor(1_000_000, 100)) {
      assertEquals(261L << 20, server.stat("limit_maxbytes"));
      assertEquals(20, server.stat("hash_power_level"));
    }
  }

  @Test
  void closingTwiceEndsTheProcessOnce() {
    MemcachedServer server = MemcachedServer.start();
    assertTrue(server.isAlive());
    server.close();
    server.close();
    assertFalse(server.isAlive());
  }
}
