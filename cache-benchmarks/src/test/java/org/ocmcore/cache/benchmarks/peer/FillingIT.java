package org.ocmcore.cache.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.benchmarks.load.Shape;
import org.ocmcore.cache.benchmarks.load.TtlShare;
import org.ocmcore.cache.domain.entry.KeyInfo;

/** What is measured is what was meant to be. */
class FillingIT {
  private static final int COUNT = 3_000;

  @TempDir
  Path folder;

  private static Map<String, KeyInfo> keys(MemcachedProcess server) {
    Map<String, KeyInfo> keys = new HashMap<>();
    try (MemcachedStore store =
        MemcachedStore.open(MemcachedSettings.parse(server.address()), Clock.systemUTC())) {
      store.keyspace().walk(server.address(), key -> keys.put(key.key().toString(), key));
    }
    return keys;
  }

  @Test
  void everyItemOfTheShapeIsStoredWithItsLifetime() throws IOException {
    Shape shape = new Shape(
        "mixed",
        24,
        500,
        List.of(
            new TtlShare(Duration.ZERO, 1),
            new TtlShare(Duration.ofHours(1), 1),
            new TtlShare(Duration.ofDays(90), 1)),
        0.5);
    Instant start = Instant.now();
    try (MemcachedProcess server = MemcachedProcess.start(folder, shape, COUNT)) {
      new Filler(shape).fill(server, COUNT);
      Map<String, KeyInfo> keys = keys(server);
      assertEquals(COUNT, keys.size());
      for (int i = 0; i < COUNT; i++) {
        KeyInfo key = keys.get(shape.keys().text(i));
        Duration ttl = shape.ttl(i);
        assertEquals(ttl.isZero(), key.expiry().isNever());
        if (!ttl.isZero()) {
          long lives = key.expiry().epochSecond() - start.getEpochSecond();
          assertEquals(ttl.toSeconds(), lives, 30);
        }
        assertTrue(key.size() >= 524 && key.size() <= shape.itemBytes(), "size " + key.size());
      }
      try (OrdinaryClient client = new OrdinaryClient(server.port(), shape, COUNT);
          MetadumpDrain drain = new MetadumpDrain(server.port())) {
        assertEquals(200, client.latencies(Duration.ofMillis(100)).size());
        assertTrue(drain.seconds() > 0);
        assertTrue(drain.seconds() > 0);
      }
      assertTrue(server.stat("cmd_set") > COUNT);
      assertTrue(server.stat("get_hits") > 0);
      assertEquals(0, server.stat("get_misses"));
    }
  }

  @Test
  void whatIsRefusedIsAFailure() throws IOException {
    Shape tooLarge =
        new Shape("too large", 20, 2_000_000, List.of(new TtlShare(Duration.ZERO, 1)), 0);
    try (MemcachedProcess server = MemcachedProcess.start(folder, tooLarge, 1)) {
      IOException failure =
          assertThrows(IOException.class, () -> new Filler(tooLarge).fill(server, 1));
      assertEquals(
          "memcached does not store: SERVER_ERROR object too large for cache",
          failure.getMessage());
    }
  }
}
