package org.ocmcore.cache.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.benchmarks.load.ItemShape;
import org.ocmcore.cache.domain.entry.KeyInfo;

class BareClientIT {
  private static final int COUNT = 3_000;
  private static final ItemShape SHAPE = new ItemShape("items", 24, 500);

  private MemcachedServer server;
  private BareClient client;

  @BeforeEach
  void start() throws IOException {
    server = MemcachedServer.start();
    client = new BareClient(server.port(), SHAPE);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private Map<String, KeyInfo> keys() {
    Map<String, KeyInfo> keys = new HashMap<>();
    try (MemcachedStore store =
        MemcachedStore.open(MemcachedSettings.parse(server.address()), Clock.systemUTC())) {
      store.keyspace().walk(server.address(), key -> keys.put(key.key().toString(), key));
    }
    return keys;
  }

  @Test
  void everyItemOfTheShapeIsStored() throws IOException {
    client.storeSeconds(COUNT);
    Map<String, KeyInfo> keys = keys();
    assertEquals(COUNT, keys.size());
    for (int i = 0; i < COUNT; i++) {
      KeyInfo key = keys.get(SHAPE.keys().text(i));
      assertTrue(key.expiry().isNever());
      assertTrue(key.size() >= 524 && key.size() <= SHAPE.itemBytes(), "size " + key.size());
    }
    client.flush();
    assertThrows(IOException.class, () -> client.fetchSeconds(1));
  }

  @Test
  void everyItemIsFetchedTouchedAndDeleted() throws IOException {
    client.storeSeconds(COUNT);
    assertTrue(client.fetchSeconds(COUNT) > 0);
    client.touchSeconds(COUNT, 86_400);
    assertTrue(keys().values().stream().noneMatch(key -> key.expiry().isNever()));
    client.deleteSeconds(COUNT - 1);
    assertEquals(1, server.stat("curr_items"));
    IOException missing = assertThrows(IOException.class, () -> client.deleteSeconds(1));
    assertEquals("memcached answers NF, expected HD", missing.getMessage());
  }

  @Test
  void aRejectedItemIsAFailure() throws IOException {
    ItemShape tooLarge = new ItemShape("too large", 20, 2_000_000);
    try (BareClient other = new BareClient(server.port(), tooLarge)) {
      IOException failure = assertThrows(IOException.class, () -> other.storeSeconds(1));
      assertEquals(
          "memcached answers SERVER_ERROR object too large for cache, expected HD",
          failure.getMessage());
    }
  }

  @Test
  void aConstantRateClientFindsEveryKey() throws IOException {
    client.storeSeconds(COUNT);
    try (ConstantRateClient gets = new ConstantRateClient(server.port(), SHAPE, COUNT)) {
      assertEquals(200, gets.latencies(Duration.ofMillis(100)).getTotalCount());
    }
    assertEquals(200, server.stat("get_hits"));
    assertEquals(0, server.stat("get_misses"));
  }

  @Test
  void aDrainReadsOneMetadumpAfterAnother() throws IOException {
    client.storeSeconds(COUNT);
    try (MetadumpDrain drain = new MetadumpDrain(server.port())) {
      assertTrue(drain.seconds() > 0);
      assertTrue(drain.seconds() > 0);
    }
  }
}
