package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.StoreOutcome;

/** Operations that real servers reject because of their options. */
final class ServerLimitsIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final CacheKey KEY = CacheKey.of("key");

  private static String refusalOfWalk(String... options) {
    try (Fleet fleet = Fleet.of(TIMEOUT, MemcachedServer.start(options))) {
      fleet.store.cache().store(KEY, CacheValue.ofText("v"), Lifetime.FOREVER);
      StoreUnavailable failure = assertThrows(
          StoreUnavailable.class,
          () -> fleet.store.keyspace().walk(fleet.only().address(), key -> {}));
      assertTrue(failure.isRefusal());
      return failure.reason();
    }
  }

  @Test
  void forbiddenMetadumpNamesTheOptionToRemove() {
    assertTrue(refusalOfWalk("-X").endsWith("start memcached without the option -X"));
  }

  @Test
  void aDisabledCrawlerNamesTheOptionToRemove() {
    String refusal = refusalOfWalk("-o", "no_lru_crawler");
    assertTrue(refusal.contains("no_lru_crawler"), refusal);
  }

  @Test
  void tooManyConnectionsAreCalledThat() throws IOException {
    List<Socket> clients = new ArrayList<>();
    try (Fleet fleet = Fleet.of(TIMEOUT, MemcachedServer.start("-c", "60"))) {
      boolean isFull = false;
      while (!isFull) {
        Socket client =
            new Socket(InetAddress.getLoopbackAddress(), fleet.only().port());
        clients.add(client);
        client.getOutputStream().write("version\r\n".getBytes(StandardCharsets.US_ASCII));
        isFull = client.getInputStream().read() == 'E';
      }
      StoreUnavailable failure =
          assertThrows(StoreUnavailable.class, () -> fleet.store.cache().get(KEY));
      assertTrue(failure.reason().contains("a higher -c"), failure.reason());
      assertFalse(failure.isRefusal());
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @Test
  void forbiddenFlushFailsTheClear() {
    try (Fleet fleet = Fleet.of(TIMEOUT, MemcachedServer.start("-F"))) {
      StoreUnavailable failure =
          assertThrows(StoreUnavailable.class, () -> fleet.store.cache().clear());
      assertTrue(failure.reason().contains("flush_all not allowed"), failure.reason());
      assertTrue(failure.isRefusal());
    }
  }

  @ParameterizedTest
  @CsvSource({"256, 128", "512, 512", "2048, 512", "8192, 512"})
  void itemsUpToTheLimitAreStored(int limitKilobytes, int chunkKilobytes) {
    MemcachedServer server =
        MemcachedServer.start("-I", limitKilobytes + "k", "-o", "slab_chunk_max=" + chunkKilobytes);
    try (Fleet fleet = Fleet.of(TIMEOUT, server)) {
      CachePort cache = fleet.store.cache();
      long bytes = limitKilobytes * 1024L;
      for (long flags : new long[] {0, 5}) {
        CacheValue largest = valueFor(bytes, flags);
        CacheValue tooLarge = valueFor(bytes + 1, flags);
        cache.store(KEY, largest, Lifetime.FOREVER);
        assertEquals(largest, cache.get(KEY).orElseThrow());
        assertThrows(ValueTooLarge.class, () -> cache.store(KEY, tooLarge, Lifetime.FOREVER));
        assertThrows(ValueTooLarge.class, () -> cache.add(KEY, tooLarge, Lifetime.FOREVER));
        assertEquals(
            List.of(StoreOutcome.TOO_LARGE, StoreOutcome.STORED),
            store(
                fleet,
                List.of(
                    new CacheEntry(KEY, tooLarge, Expiry.NEVER),
                    new CacheEntry(KEY, largest, Expiry.NEVER))));
        assertEquals(largest, cache.get(KEY).orElseThrow());
        // Checks the formula for item sizes: the server rejects exactly what the store rejects.
        String length = String.valueOf(tooLarge.length());
        String answer = fleet
            .only()
            .command(
                "set key %d 0 %s\r\n%s".formatted(flags, length, "x".repeat(tooLarge.length())));
        assertTrue(answer.startsWith("SERVER_ERROR object too large"), answer);
      }
    }
  }

  private static CacheValue valueFor(long itemSize, long flags) {
    long overhead = ItemSize.of(KEY, CacheValue.of(new byte[0], flags));
    return CacheValue.of(new byte[(int) (itemSize - overhead)], flags);
  }

  @Test
  void theLimitIsFetchedAgainAfterARestart() {
    MemcachedServer large = MemcachedServer.start("-I", "2m");
    try (Fleet fleet = Fleet.of(TIMEOUT, large)) {
      CachePort cache = fleet.store.cache();
      CacheValue value = valueFor(1_500_000, 0);
      for (int i = 0; i < 20; i++) {
        cache.store(KEY, value, Lifetime.FOREVER);
      }
      large.restart("-I", "1m");
      MemcachedServer.await(() -> isTooLarge(cache, value));
      large.restart("-I", "2m");
      MemcachedServer.await(() -> !isTooLarge(cache, value));
      assertTrue(cache.get(KEY).isPresent());
    }
  }

  private static List<StoreOutcome> store(Fleet fleet, List<CacheEntry> entries) {
    List<StoreOutcome> reported = new ArrayList<>();
    fleet
        .store
        .bulk()
        .store(
            fleet.only().address(),
            entries.iterator(),
            false,
            (entry, outcome, reason) -> reported.add(outcome));
    return reported;
  }

  private static boolean isTooLarge(CachePort cache, CacheValue value) {
    try {
      cache.store(KEY, value, Lifetime.FOREVER);
      return false;
    } catch (ValueTooLarge e) {
      return true;
    } catch (StoreUnavailable restarting) {
      return false;
    }
  }

  @Test
  void aFullServerRefusesOnlySomeItems() {
    try (Fleet fleet = Fleet.of(TIMEOUT, MemcachedServer.start("-M", "-m", "2"))) {
      List<CacheEntry> entries = IntStream.range(0, 40)
          .mapToObj(i -> new CacheEntry(
              CacheKey.of("large:" + i), CacheValue.of(new byte[400_000], 0), Expiry.NEVER))
          .toList();
      List<StoreOutcome> outcomes = store(fleet, entries);
      assertTrue(outcomes.contains(StoreOutcome.REFUSED), outcomes.toString());
      assertTrue(outcomes.contains(StoreOutcome.STORED), outcomes.toString());
      int refused = outcomes.indexOf(StoreOutcome.REFUSED);
      StoreUnavailable failure = assertThrows(
          StoreUnavailable.class,
          () -> fleet
              .store
              .cache()
              .store(entries.get(refused).key(), entries.get(refused).value(), Lifetime.FOREVER));
      assertTrue(failure.reason().contains("out of memory"), failure.reason());
      assertFalse(failure.isRefusal());
    }
  }

  @Test
  void valuesStoredRightAfterClearSurvive() {
    try (Fleet fleet = Fleet.of(1)) {
      CachePort cache = fleet.store.cache();
      for (int i = 0; i < 200; i++) {
        CacheKey before = CacheKey.of("before:" + i);
        CacheKey after = CacheKey.of("after:" + i);
        cache.store(before, CacheValue.ofText("v"), Lifetime.FOREVER);
        cache.clear();
        cache.store(after, CacheValue.ofText("v"), Lifetime.FOREVER);
        assertFalse(cache.get(before).isPresent());
        assertTrue(cache.get(after).isPresent());
      }
    }
  }
}
