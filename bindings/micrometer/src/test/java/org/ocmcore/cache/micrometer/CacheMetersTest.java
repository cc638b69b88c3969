package org.ocmcore.cache.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memory.MemoryNearMap;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.LoadFailed;
import org.ocmcore.cache.domain.client.Unavailable;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.Store;

class CacheMetersTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Cache cache = Cache.builder(MemoryStore.open()).build();

  @AfterEach
  void close() {
    cache.close();
    registry.close();
  }

  private double count(String meter, String... tags) {
    return registry.get(meter).tags(tags).functionCounter().count();
  }

  @Test
  void readsAreHitsAndMisses() {
    CacheMeters.monitor(registry, cache, "users");

    cache.set("a", "1", HOUR);
    cache.getAll(List.of("a", "b", "c"), String.class);
    cache.get("a", String.class);

    assertEquals(2, count("cache.gets", "cache", "users", "result", "hit"));
    assertEquals(2, count("cache.gets", "cache", "users", "result", "miss"));
  }

  @Test
  void hitsOfTheNearCacheAreAmongTheHits() {
    Clock stopped = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    try (Cache near = Cache.builder(MemoryStore.open(stopped))
        .nearCache(MemoryNearMap.ofBytes(1_000_000), HOUR)
        .build()) {
      CacheMeters.monitor(registry, near, "near");
      near.set("a", "1", HOUR);

      near.get("a", String.class);
      near.get("a", String.class);

      assertEquals(2, count("cache.gets", "cache", "near", "result", "hit"));
      assertEquals(near.stats().nearHits(), count("cache.near.hits", "cache", "near"));
      assertTrue(near.stats().nearHits() > 0);
    }
  }

  @Test
  void loadsSucceedOrFail() {
    CacheMeters.monitor(registry, cache, "users");

    cache.getOrLoad("a", String.class, HOUR, () -> "loaded");
    cache.getOrLoad("b", String.class, HOUR, () -> "loaded");
    assertThrows(
        LoadFailed.class,
        () -> cache.getOrLoad("c", String.class, HOUR, () -> {
          throw new IllegalStateException("down");
        }));

    assertEquals(2, count("cache.load", "cache", "users", "result", "success"));
    assertEquals(1, count("cache.load", "cache", "users", "result", "failure"));
  }

  @Test
  void loadTimeIsThatOfTheStatistics() {
    CacheMeters.monitor(registry, cache, "users");

    cache.getOrLoad("a", String.class, HOUR, () -> "loaded");

    double nanos = registry.get("cache.load.duration").timeGauge().value(TimeUnit.NANOSECONDS);
    assertTrue(nanos > 0);
    assertEquals(cache.stats().loadTime().toNanos(), nanos, 1);
  }

  @Test
  void unansweredCallsAreFailures() {
    CachePort dead = (CachePort) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {CachePort.class},
        (port, method, arguments) -> {
          throw new StoreUnavailable("cache1:11211", method.getName(), "connection refused");
        });
    MemoryStore memory = MemoryStore.open();
    Store store = Store.of(dead, memory.keyspace(), memory.bulk(), Clock.systemUTC());
    try (Cache unreachable =
        Cache.builder(store).onUnavailable(Unavailable.MISS).build()) {
      CacheMeters.monitor(registry, unreachable, "users");

      unreachable.get("a", String.class);

      assertEquals(1, count("cache.failures", "cache", "users"));
      assertEquals(1, count("cache.gets", "result", "miss"));
    }
  }

  @Test
  void everyMeterHasNameAndTags() {
    new CacheMeters(cache, "users", Tags.of("region", "eu")).bindTo(registry);

    assertEquals(7, registry.getMeters().size());
    for (Meter meter : registry.getMeters()) {
      assertEquals("users", meter.getId().getTag("cache"));
      assertEquals("eu", meter.getId().getTag("region"));
    }
    assertEquals(
        Set.of(
            "cache.gets", "cache.near.hits", "cache.load", "cache.load.duration", "cache.failures"),
        registry.getMeters().stream()
            .map(meter -> meter.getId().getName())
            .collect(Collectors.toSet()));
  }

  @Test
  void appViewsHaveMetersOfTheirOwn() {
    Cache users = CacheMeters.monitor(registry, cache.app("users"), "users");
    CacheMeters.monitor(registry, cache.app("orders"), "orders");
    assertSame(cache.app("users"), users);

    users.get("a", String.class);

    assertEquals(1, count("cache.gets", "cache", "users", "result", "miss"));
    assertEquals(0, count("cache.gets", "cache", "orders", "result", "miss"));
  }
}
