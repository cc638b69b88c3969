package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.testing.FeedThread;

/** The timeout of a feed, walk or statistics limits each response, not the sum of all. */
final class HighLatencyIT {
  private static final Duration ROUND_TRIP = Duration.ofMillis(200);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final CacheKey KEY = CacheKey.of("key");

  private final MemcachedServer server = MemcachedServer.start();
  private final Relay relay = Relay.to(server, ROUND_TRIP);
  private final MemcachedStore store = MemcachedStore.open(
      new MemcachedSettings(List.of(relay.address()), TIMEOUT, Ring.KETAMA, FeedMode.ON),
      Clock.systemUTC());

  /** The store of another client, close to the server. */
  private final MemcachedStore near = MemcachedStore.open(
      new MemcachedSettings(List.of(server.address()), TIMEOUT, Ring.KETAMA, FeedMode.OFF),
      Clock.systemUTC());

  @AfterEach
  void close() {
    store.close();
    near.close();
    relay.close();
    server.close();
  }

  @Test
  void distantServersAreFollowed() {
    try (FeedThread feed = FeedThread.start(store.keyspace(), relay.address())) {
      assertTrue(feed.hasBegun());
      near.cache().store(KEY, CacheValue.ofText("v"), Lifetime.FOREVER);
      feed.awaitStored(KEY);
    }
  }

  @Test
  void distantServersAreWalked() {
    near.cache().store(KEY, CacheValue.ofText("v"), Lifetime.FOREVER);
    List<KeyInfo> visited = new ArrayList<>();
    store.keyspace().walk(relay.address(), visited::add);
    assertEquals(1, visited.size());
  }

  @Test
  void distantServersReturnStatistics() {
    assertEquals(0, store.keyspace().stats(relay.address()).currentItems());
    assertTrue(store.keyspace().probe(relay.address()).compareTo(ROUND_TRIP) >= 0);
  }
}
