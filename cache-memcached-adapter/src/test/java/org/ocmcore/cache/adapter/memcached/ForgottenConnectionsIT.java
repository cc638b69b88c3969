package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;

/** Idle connections that a firewall forgets: neither side gets an error. */
class ForgottenConnectionsIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final CacheKey KEY = CacheKey.of("k");

  private final MemcachedServer server = MemcachedServer.start();
  private final Relay relay = Relay.to(server);
  private final MemcachedStore store = MemcachedStore.open(
      new MemcachedSettings(List.of(relay.address()), TIMEOUT, Ring.KETAMA, FeedMode.AUTO),
      Clock.systemUTC());
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    threads.shutdownNow();
    store.close();
    relay.close();
    server.close();
  }

  @Test
  void allOfThemCostOneTimeout() throws Exception {
    store.cache().store(KEY, CacheValue.ofText("v"), Lifetime.FOREVER);
    useConnections(4);
    relay.forgetAll();
    assertThrows(StoreUnavailable.class, () -> store.keyspace().stats(relay.address()));
    for (int i = 0; i < 10; i++) {
      store.keyspace().stats(relay.address());
    }
  }

  @Test
  void singleKeysCostOneTimeoutToo() throws Exception {
    store.cache().store(KEY, CacheValue.ofText("v"), Lifetime.FOREVER);
    useConnections(4);
    relay.forgetAll();
    int failures = 0;
    for (int i = 0; i < 20; i++) {
      try {
        assertEquals("v", new String(store.cache().get(KEY).orElseThrow().bytes(), "UTF-8"));
      } catch (StoreUnavailable e) {
        failures++;
      }
    }
    assertEquals(1, failures);
  }

  @Test
  void singleKeysAfterOtherWorkCostNone() throws Exception {
    store.cache().store(KEY, CacheValue.ofText("v"), Lifetime.FOREVER);
    useConnections(4);
    // The relay counts them: the server may still count a client that has left.
    MemcachedServer.await(() -> relay.connections() >= 5);
    store.cache().get(KEY);
    relay.forgetAll();
    assertThrows(StoreUnavailable.class, () -> store.keyspace().stats(relay.address()));
    for (int i = 0; i < 20; i++) {
      assertTrue(store.cache().get(KEY).isPresent());
    }
  }

  /** All at once, so that each has a connection of its own, which the pool keeps. */
  private void useConnections(int count) throws Exception {
    CountDownLatch all = new CountDownLatch(count);
    List<Future<?>> walks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      walks.add(threads.submit(() -> store
          .bulk()
          .find(relay.address(), List.of(KEY).iterator(), (key, isThere) -> {
            all.countDown();
            try {
              all.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          })));
    }
    for (Future<?> walk : walks) {
      walk.get();
    }
  }
}
