package org.ocmcore.cache.adapter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.BulkPortContract;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.CachePortContract;
import org.ocmcore.cache.domain.port.KeyspacePortContract;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.testing.MutableClock;

class MemoryCacheTest {
  private final MutableClock clock = new MutableClock(Instant.parse("2026-01-02T03:04:05.678Z"));

  private static Store ports(MemoryCache cache) {
    return new Store(cache, cache, cache);
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
  void itNeverHoldsMoreThanItsMostEntries() {
    MemoryCache cache = new MemoryCache(100, clock);
    IntStream.range(0, 1_000)
        .forEach(i -> cache.store(CacheKey.of("k" + i), CacheValue.ofText("v"), Lifetime.FOREVER));
    assertEquals(100, cache.stats(MemoryCache.SERVER).currentItems());
    assertEquals(900, cache.stats(MemoryCache.SERVER).evictions());
  }

  @Test
  void aLimitBelowOneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new MemoryCache(0, Clock.systemUTC()));
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
