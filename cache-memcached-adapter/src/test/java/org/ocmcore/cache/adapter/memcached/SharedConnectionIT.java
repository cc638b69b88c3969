package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;

/** Many threads on one shared connection. */
final class SharedConnectionIT {
  @Test
  void everyThreadGetsItsOwnResponses() {
    try (Fleet fleet = Fleet.of(2)) {
      CachePort cache = fleet.store.cache();
      CompletableFuture.allOf(IntStream.range(0, 16)
              .mapToObj(thread -> CompletableFuture.runAsync(() -> work(cache, thread)))
              .toArray(CompletableFuture[]::new))
          .join();
      long connections = fleet.servers.stream()
          .mapToLong(server -> server.stat("curr_connections"))
          .sum();
      assertTrue(connections <= 2 * 16, connections + " connections");
    }
  }

  @Test
  void theAddressCountsAndNotItsName() throws IOException {
    List<MemcachedServer> servers = MemcachedServer.startOnOnePort("127.0.0.1", "127.0.0.2");
    // By its name, this address is the first server.
    InetAddress second = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 2});
    Duration timeout = Duration.ofSeconds(5);
    try (SharedConnection connection = SharedConnection.connect(
        new InetSocketAddress(second, servers.get(1).port()),
        timeout,
        () -> ItemSize.DEFAULT_MAX)) {
      MemcachedServer.await(connection::isConnected);
      MetaRequest set = MetaRequest.set(CacheKey.of("key"), CacheValue.ofText("v"), 0, false);
      connection.execute(set, Deadline.in(timeout));
      assertEquals(1, servers.get(1).stat("curr_items"));
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  private static void work(CachePort cache, int thread) {
    Random random = new Random(thread);
    for (int i = 0; i < 300; i++) {
      CacheKey key = CacheKey.of("thread:" + thread + ":" + i);
      byte[] bytes = new byte[random.nextInt(i % 50 == 0 ? 500_000 : 2_000)];
      random.nextBytes(bytes);
      CacheValue value = CacheValue.of(bytes, random.nextInt(Integer.MAX_VALUE));
      assertTrue(cache.add(key, value, Lifetime.FOREVER));
      assertEquals(value, cache.get(key).orElseThrow());
      assertTrue(cache.refresh(key, Lifetime.ofSeconds(100)));
      assertEquals(value, cache.read(key).orElseThrow().value());
      assertTrue(cache.delete(key));
      assertTrue(cache.get(key).isEmpty());
    }
  }
}
