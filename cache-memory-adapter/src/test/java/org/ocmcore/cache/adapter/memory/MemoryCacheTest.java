package org.ocmcore.cache.adapter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.BulkPortContract;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.CachePortContract;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.KeyspacePortContract;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.port.StoreOutcome;
import org.ocmcore.cache.domain.testing.FeedThread;
import org.ocmcore.cache.domain.testing.MutableClock;

/** The memory cache keeps the port contracts, and both of its bounds. */
class MemoryCacheTest {
  /** Per thread; {@code -Dcache.fuzz.factor=8} makes it eight times as many. */
  private static final int CONCURRENT_CHANGES = 2_500 * Integer.getInteger("cache.fuzz.factor", 1);

  private final MutableClock clock = new MutableClock(Instant.parse("2026-01-02T03:04:05.678Z"));

  private Store ports(MemoryCache cache) {
    return Store.of(cache, cache, cache, clock);
  }

  @Nested
  class AsCache extends CachePortContract {
    @Override
    protected CachePort createCache() {
      return new MemoryCache(100_000, clock);
    }

    @Override
    protected void elapse(Duration duration) {
      clock.advance(duration.plusMillis(1));
    }

    @Override
    protected Instant now() {
      return clock.instant();
    }
  }

  @Nested
  class AsKeyspace extends KeyspacePortContract {
    @Override
    protected Store createStore() {
      return ports(new MemoryCache(100_000, clock));
    }

    @Override
    protected void elapse(Duration duration) {
      clock.advance(duration.plusMillis(1));
    }

    @Override
    protected Instant now() {
      return clock.instant();
    }
  }

  @Nested
  class AsBulk extends BulkPortContract {
    @Override
    protected Store createStore() {
      return ports(new MemoryCache(100_000, clock));
    }

    @Override
    protected void elapse(Duration duration) {
      clock.advance(duration.plusMillis(1));
    }

    @Override
    protected Instant now() {
      return clock.instant();
    }
  }

  @Test
  void theNumberOfEntriesIsBounded() {
    MemoryCache cache = new MemoryCache(100, clock);
    IntStream.range(0, 1_000)
        .forEach(i -> cache.store(CacheKey.of("k" + i), CacheValue.ofText("v"), Lifetime.FOREVER));
    assertEquals(100, cache.stats(MemoryCache.SERVER).currentItems());
    assertEquals(900, cache.stats(MemoryCache.SERVER).evictions());
  }

  @Test
  void tooLowBoundsAreRejected() {
    assertThrows(IllegalArgumentException.class, () -> new MemoryCache(0, Clock.systemUTC()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new MemoryCache(1, MemoryCache.LEAST_MAX_BYTES - 1, Clock.systemUTC()));
  }

  @Test
  void bothBoundsHoldAfterEveryStore() {
    MemoryCache cache = new MemoryCache(50, 100_000, clock);
    Random random = new Random(8);
    boolean wasFull = false;
    boolean wasLarge = false;
    for (int i = 0; i < 3_000; i++) {
      // Long runs of small values, then of large ones, so that each bound takes effect.
      int length = random.nextInt(i / 500 % 2 == 0 ? 100 : 50_000);
      cache.store(CacheKey.of("k" + i), CacheValue.wrap(new byte[length], 0), Lifetime.FOREVER);
      ServerStats stats = cache.stats(MemoryCache.SERVER);
      assertTrue(stats.currentItems() <= 50 && stats.bytes() <= 100_000, stats::toString);
      assertTrue(cache.get(CacheKey.of("k" + i)).isPresent(), "the entry just stored is missing");
      wasFull |= stats.currentItems() == 50;
      wasLarge |= stats.bytes() > 50_000 && stats.currentItems() < 10;
    }
    assertTrue(wasFull && wasLarge);
    assertEquals(
        3_000,
        cache.stats(MemoryCache.SERVER).currentItems()
            + cache.stats(MemoryCache.SERVER).evictions());
  }

  @Test
  void leastRecentlyUsedEntriesAreEvicted() {
    MemoryCache cache = new MemoryCache(3, clock);
    List<String> names = List.of("a", "b", "c");
    names.forEach(name -> cache.store(CacheKey.of(name), CacheValue.ofText("v"), Lifetime.FOREVER));
    cache.get(CacheKey.of("a"));
    cache.refresh(CacheKey.of("b"), Lifetime.FOREVER);
    cache.store(CacheKey.of("d"), CacheValue.ofText("v"), Lifetime.FOREVER);
    assertEquals(Set.of("a", "b", "d"), keys(cache));
  }

  private static Set<String> keys(MemoryCache cache) {
    Set<String> keys = new HashSet<>();
    cache.walk(MemoryCache.SERVER, info -> keys.add(info.key().toString()));
    return keys;
  }

  @Test
  void expiredEntriesMakeRoomBeforeEviction() {
    MemoryCache cache = new MemoryCache(2, clock);
    cache.store(CacheKey.of("old"), CacheValue.ofText("v"), Lifetime.FOREVER);
    cache.store(CacheKey.of("brief"), CacheValue.ofText("v"), Lifetime.ofSeconds(1));
    clock.advance(Duration.ofMinutes(1));
    cache.store(CacheKey.of("new"), CacheValue.ofText("v"), Lifetime.FOREVER);
    assertEquals(Set.of("old", "new"), keys(cache));
    assertEquals(0, cache.stats(MemoryCache.SERVER).evictions());
  }

  /** Expired entries are removed once a second; until then they count and cannot be evicted. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void justExpiredEntriesNeverDisplaceStoredOnes() {
    for (int offset = 0; offset < 2_000; offset += 100) {
      clock.advance(Duration.ofMillis(100));
      MemoryCache cache = new MemoryCache(10, clock);
      for (int i = 0; i < 10; i++) {
        cache.store(CacheKey.of("brief" + i), CacheValue.ofText("v"), Lifetime.ofSeconds(1));
      }
      clock.advance(Duration.ofMillis(1_001));
      for (int i = 0; i < 20; i++) {
        CacheKey key = CacheKey.of("new" + i);
        cache.store(key, CacheValue.ofText("v"), Lifetime.FOREVER);
        assertTrue(cache.get(key).isPresent(), key::toString);
        CacheKey added = CacheKey.of("added" + i);
        assertTrue(cache.add(added, CacheValue.ofText("v"), Lifetime.FOREVER));
        assertTrue(cache.get(added).isPresent(), added::toString);
      }
      clock.advance(Duration.ofMinutes(1));
      cache.store(CacheKey.of("last"), CacheValue.ofText("v"), Lifetime.FOREVER);
      assertTrue(cache.stats(MemoryCache.SERVER).currentItems() <= 10);
    }
  }

  @Test
  void evictionsAreReportedBeforeStoreReturns() {
    MemoryCache cache = new MemoryCache(100, clock);
    try (FeedThread feed = FeedThread.start(cache, MemoryCache.SERVER)) {
      feed.awaitCaughtUp();
      for (int i = 0; i < 300; i++) {
        cache.store(CacheKey.of("k" + i), CacheValue.ofText("v"), Lifetime.FOREVER);
        assertEquals(Math.max(0, i - 99), feed.removed().size());
      }
      assertEquals(Set.of(ChangeListener.Kind.EVICTIONS), feed.kinds());
      Set<String> left = keys(cache);
      feed.removed().forEach(removed -> assertTrue(!left.contains(removed.key().toString())));
      assertEquals(200, feed.evictions());
      feed.interrupt();
      assertTrue(feed.failure().reason().contains("interrupted"));
      cache.store(CacheKey.of("last"), CacheValue.ofText("v"), Lifetime.FOREVER);
      assertEquals(200, feed.evictions());
    }
  }

  @Test
  void valuesBeyondTheByteBoundAreRejected() {
    MemoryCache cache = new MemoryCache(10, 10_000, clock);
    CacheKey key = CacheKey.of("k");
    cache.store(key, CacheValue.ofText("before"), Lifetime.FOREVER);
    CacheValue large = CacheValue.wrap(new byte[10_000], 0);
    ValueTooLarge refusal =
        assertThrows(ValueTooLarge.class, () -> cache.store(key, large, Lifetime.FOREVER));
    assertTrue(refusal.getMessage().contains("the store allows " + cache.maxItemSize("memory")));
    assertThrows(ValueTooLarge.class, () -> cache.add(CacheKey.of("l"), large, Lifetime.FOREVER));
    cache.store(
        MemoryCache.SERVER,
        List.of(new CacheEntry(key, large, Expiry.NEVER)).iterator(),
        false,
        (entry, outcome, message) -> assertEquals(StoreOutcome.TOO_LARGE, outcome));
    assertEquals(Optional.of(CacheValue.ofText("before")), cache.get(key));
    int most = (int)
        (cache.maxItemSize(MemoryCache.SERVER) - ItemSize.of(key, CacheValue.wrap(new byte[0], 0)));
    cache.store(key, CacheValue.wrap(new byte[most], 0), Lifetime.FOREVER);
    assertEquals(most, cache.get(key).orElseThrow().length());
    assertEquals(10_000, cache.stats(MemoryCache.SERVER).bytes());
    assertEquals(OptionalLong.of(10_000), cache.stats(MemoryCache.SERVER).limitBytes());
  }

  @Test
  void concurrentChangesKeepTheByteCountExact() throws Exception {
    MemoryCache cache = new MemoryCache(300, 200_000, clock);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> all = IntStream.range(0, 8)
        .<Future<?>>mapToObj(
            number -> threads.submit(() -> change(cache, new Random(number), number == 0)))
        .toList();
    for (Future<?> each : all) {
      each.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
    // An item that has just expired may count for a second more. All that expire are long gone now.
    clock.advance(Duration.ofSeconds(110));
    ServerStats stats = cache.stats(MemoryCache.SERVER);
    long[] counted = new long[2];
    cache.walk(MemoryCache.SERVER, info -> {
      counted[0]++;
      counted[1] += info.size() + MemoryCache.ENTRY_OVERHEAD;
    });
    assertTrue(counted[0] > 0 && stats.evictions() > 0);
    assertEquals(counted[0], stats.currentItems());
    assertEquals(counted[1], stats.bytes());
    assertTrue(stats.currentItems() <= 300 && stats.bytes() <= 200_000, stats::toString);
    cache.clear();
    assertEquals(0, cache.stats(MemoryCache.SERVER).bytes());
  }

  private void change(MemoryCache cache, Random random, boolean elapses) {
    for (int i = 0; i < CONCURRENT_CHANGES; i++) {
      CacheKey key = CacheKey.of("k" + random.nextInt(1_000));
      CacheValue value = CacheValue.wrap(new byte[random.nextInt(2_000)], 0);
      Lifetime lifetime =
          random.nextBoolean() ? Lifetime.FOREVER : Lifetime.ofSeconds(1 + random.nextInt(100));
      int operation = random.nextInt(1_000);
      if (operation < 500) {
        cache.store(key, value, lifetime);
      } else if (operation < 700) {
        cache.add(key, value, lifetime);
      } else if (operation < 850) {
        cache.refresh(key, lifetime);
      } else if (operation < 997 || i > CONCURRENT_CHANGES * 3 / 4) {
        cache.delete(key);
      } else if (elapses) {
        clock.advance(Duration.ofSeconds(10));
      } else {
        cache.clear();
      }
    }
  }

  @Test
  void readingCountsAsAccess() {
    MemoryCache cache = new MemoryCache(10, clock);
    cache.store(CacheKey.of("k"), CacheValue.ofText("v"), Lifetime.FOREVER);
    clock.advance(Duration.ofMinutes(5));
    assertEquals(Duration.ofMinutes(5), idle(cache));
    cache.get(CacheKey.of("k"));
    assertTrue(idle(cache).isZero());
  }

  private Duration idle(MemoryCache cache) {
    Duration[] idle = new Duration[1];
    cache.walk(MemoryCache.SERVER, key -> idle[0] = key.idle(clock.instant()).orElseThrow());
    return idle[0];
  }
}
