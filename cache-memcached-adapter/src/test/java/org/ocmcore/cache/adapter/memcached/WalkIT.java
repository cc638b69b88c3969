package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;

/** Walks of real servers. */
final class WalkIT {
  private static final CacheValue VALUE = CacheValue.ofText("v");

  @Test
  void concurrentWalksAllVisitEveryKey() {
    try (Fleet fleet = Fleet.of(1)) {
      List<CacheEntry> entries = IntStream.range(0, 50_000)
          .mapToObj(i -> new CacheEntry(CacheKey.of("key:" + i), VALUE, Expiry.NEVER))
          .toList();
      fleet
          .store
          .bulk()
          .store(fleet.only().address(), entries.iterator(), false, (entry, is, why) -> {});
      List<CompletableFuture<Integer>> walks = Stream.generate(
              () -> CompletableFuture.supplyAsync(() -> walkedKeys(fleet).size()))
          .limit(4)
          .toList();
      walks.forEach(walk -> assertEquals(50_000, walk.join()));
    }
  }

  /** A server rejects walks while its hash table grows, which happens several times here. */
  @ParameterizedTest
  @EnumSource(Release.class)
  void walksSucceedWhileTheHashTableGrows(Release release) {
    MemcachedServer server = MemcachedServer.start(release, "-o", "hashpower=13", "-m", "256");
    try (Fleet fleet = Fleet.of(Duration.ofSeconds(20), server)) {
      int keys = 400_000;
      CompletableFuture<Void> filling = CompletableFuture.runAsync(() -> fleet
          .store
          .bulk()
          .store(
              server.address(),
              IntStream.range(0, keys)
                  .mapToObj(i -> new CacheEntry(CacheKey.of("key:" + i), VALUE, Expiry.NEVER))
                  .iterator(),
              false,
              (entry, is, why) -> {}));
      int walks = 0;
      do {
        walkedKeys(fleet);
        walks++;
      } while (!filling.isDone());
      filling.join();
      assertTrue(walks > 1, walks + " walks");
      assertEquals(keys, walkedKeys(fleet).size());
    }
  }

  @Test
  void walksWaitForAnotherClientsWalk() {
    try (Fleet fleet = Fleet.of(1)) {
      List<CacheEntry> entries = IntStream.range(0, 50_000)
          .mapToObj(i -> new CacheEntry(CacheKey.of("key:" + i), VALUE, Expiry.NEVER))
          .toList();
      fleet
          .store
          .bulk()
          .store(fleet.only().address(), entries.iterator(), false, (entry, is, why) -> {});
      CompletableFuture<Long> other = CompletableFuture.supplyAsync(() -> {
        for (String answer = rawWalk(fleet); ; answer = rawWalk(fleet)) {
          if (!answer.startsWith("BUSY")) {
            return answer.lines().filter(line -> line.startsWith("key=")).count();
          }
        }
      });
      for (int i = 0; i < 5; i++) {
        assertEquals(50_000, walkedKeys(fleet).size());
      }
      assertEquals(50_000, other.join());
    }
  }

  private static String rawWalk(Fleet fleet) {
    try (Socket socket = new Socket("127.0.0.1", fleet.only().port())) {
      socket.getOutputStream().write("lru_crawler metadump hash\r\n".getBytes());
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
      StringBuilder answer = new StringBuilder();
      for (String line = in.readLine(); ; line = in.readLine()) {
        answer.append(line).append('\n');
        if (line.equals("END") || line.startsWith("BUSY")) {
          return answer.toString();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<CacheKey> walkedKeys(Fleet fleet) {
    Set<CacheKey> visited = new HashSet<>();
    fleet.store.keyspace().walk(fleet.only().address(), info -> visited.add(info.key()));
    return visited;
  }

  @Test
  void keysWithSpacesAreVisited() {
    try (Fleet fleet = Fleet.of(1)) {
      fleet.store.cache().store(CacheKey.of("plain"), VALUE, Lifetime.FOREVER);
      assertTrue(fleet.only().command("ms YSBi 1 b T0\r\nv").startsWith("HD"));
      assertEquals(2, fleet.only().stat("curr_items"));
      assertEquals(
          Set.of(CacheKey.of("plain"), CacheKey.ofBytes("a b".getBytes(StandardCharsets.US_ASCII))),
          walkedKeys(fleet));
    }
  }

  @Test
  void longBinaryKeysAreReadAndVisited() {
    try (Fleet fleet = Fleet.of(1)) {
      byte[] bytes = new byte[CacheKey.MAX_BYTES];
      IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (0x80 | i));
      CacheKey key = CacheKey.ofBytes(bytes);
      fleet.store.cache().store(key, VALUE, Lifetime.FOREVER);
      assertEquals(
          VALUE,
          fleet
              .store
              .cache()
              .readAll(List.of(fleet.store.cache().place(key)))
              .get(0)
              .value());
      assertEquals(Set.of(key), walkedKeys(fleet));
    }
  }
}
