package org.ocmcore.cache.domain.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.testing.FakeCache;
import org.ocmcore.cache.domain.testing.FakeNearMap;
import org.ocmcore.cache.domain.testing.MutableClock;

/** What a {@link Cache} with a near cache reads from where. */
class NearReadsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final MutableClock clock = new MutableClock();
  private final FakeCache fake = new FakeCache(clock, "a", "b");
  private final FakeNearMap map = new FakeNearMap();
  private final List<String> asked = new ArrayList<>();
  private final Cache cache = Cache.builder(Store.of(fake, fake, fake, clock))
      .codec(new PointCodec())
      .nearCache(map, HOUR)
      .build();

  @BeforeEach
  void recordReads() {
    fake.beforeEach(operation -> {
      if (operation.equals("get") || operation.startsWith("read")) {
        asked.add(operation);
      }
    });
  }

  private Optional<String> get(String key) {
    return cache.get(key, String.class);
  }

  private void storeElsewhere(String key, String text) {
    fake.store(CacheKey.of(key), CacheValue.ofText(text), Lifetime.ofSeconds(3600));
  }

  @Test
  void theSecondReadAsksNoServer() {
    cache.set("k", "a", HOUR);
    assertEquals(Optional.of("a"), get("k"));
    assertEquals(Optional.of("a"), get("k"));
    assertEquals(Optional.of("a"), cache.get("k", new TypeRef<String>() {}));
    assertEquals(List.of("read"), asked);
  }

  @Test
  void changesOfOthersAreSeenAfterASecond() {
    cache.set("k", "mine", HOUR);
    get("k");
    storeElsewhere("k", "theirs");
    assertEquals(Optional.of("mine"), get("k"));
    map.advance(Duration.ofSeconds(1));
    assertEquals(Optional.of("theirs"), get("k"));
  }

  @Test
  void ownChangesAreSeenAtOnce() {
    Map<Runnable, Optional<String>> changes = new LinkedHashMap<>();
    changes.put(() -> cache.set("k", "1", HOUR), Optional.of("1"));
    changes.put(() -> cache.setAll(Map.of("k", "2"), HOUR), Optional.of("2"));
    changes.put(() -> cache.increment("k", 1, HOUR), Optional.of("3"));
    changes.put(() -> cache.delete("k"), Optional.empty());
    changes.put(() -> cache.add("k", "4", HOUR), Optional.of("4"));
    changes.put(
        () -> cache.replace(
            "k", cache.getVersioned("k", String.class).orElseThrow().version(), "5", HOUR),
        Optional.of("5"));
    changes.put(() -> cache.deleteAll(List.of("k")), Optional.empty());
    changes.put(() -> cache.loading(String.class).store("k", "6"), Optional.of("6"));
    changes.put(() -> cache.deleteMatching("k"), Optional.empty());
    changes.put(() -> cache.loading(String.class).add("k", "7"), Optional.of("7"));
    changes.put(cache::clear, Optional.empty());
    changes.forEach((change, expected) -> {
      get("k");
      change.run();
      assertEquals(expected, get("k"));
    });
  }

  @Test
  void aNewLifetimeIsReadAnew() {
    cache.set("k", "a", HOUR);
    get("k");
    cache.refresh("k", HOUR);
    get("k");
    cache.refreshMatching("k", HOUR);
    get("k");
    assertEquals(List.of("read", "read", "read"), asked);
  }

  @Test
  void bulkWorkThatBreaksOffDropsEverything() {
    cache.setAll(Map.of("k1", "a", "k2", "a", "k3", "a", "k4", "a"), HOUR);
    cache.getAll(List.of("k1", "k2", "k3", "k4"), String.class);
    assertEquals(4, map.size());
    fake.takeDown("a");
    assertThrows(StoreUnavailable.class, () -> cache.deleteAll(List.of("k1", "k2", "k3", "k4")));
    assertEquals(0, map.size());
  }

  @Test
  void mutableValuesAreNotShared() {
    cache.set("bytes", new byte[] {1, 2}, HOUR);
    cache.get("bytes", byte[].class).orElseThrow()[0] = 9;
    cache.get("bytes", byte[].class).orElseThrow()[0] = 9;
    assertArrayEquals(new byte[] {1, 2}, cache.get("bytes", byte[].class).orElseThrow());
    PointCodec.Point point = new PointCodec.Point(1, 2);
    cache.set("point", point, HOUR);
    PointCodec.Point first = cache.get("point", PointCodec.Point.class).orElseThrow();
    PointCodec.Point second = cache.get("point", PointCodec.Point.class).orElseThrow();
    assertEquals(first, second);
    assertNotSame(first, second);
    assertEquals(List.of("read", "read"), asked);
  }

  @Test
  void anotherTypeIsReadFromTheServer() {
    cache.set("k", 12, HOUR);
    assertEquals(Optional.of(12), cache.get("k", Integer.class));
    assertEquals(Optional.of("12"), get("k"));
    assertEquals(Optional.of(12L), cache.get("k", Long.class));
    assertEquals(List.of("read", "read", "read"), asked);
  }

  @Test
  void appsShareTheMapAndNoNames() {
    Cache shop = cache.app("shop");
    shop.set("k", "shop", HOUR);
    cache.set("k", "root", HOUR);
    assertEquals(Optional.of("shop"), shop.get("k", String.class));
    assertEquals(Optional.of("root"), get("k"));
    assertEquals(Optional.of("shop"), get("shop:k"));
    assertEquals(List.of("read", "read"), asked);
    shop.clear();
    assertEquals(Optional.empty(), shop.get("k", String.class));
    assertEquals(Optional.of("root"), get("k"));
  }

  @Test
  void nearHitsAreCountedForViewsAndParents() {
    Cache shop = cache.app("shop");
    shop.set("k", "a", HOUR);
    shop.get("k", String.class);
    shop.get("k", String.class);
    shop.getAll(List.of("k", "absent"), String.class);
    get("shop:k");
    assertEquals(3, shop.stats().hits());
    assertEquals(1, shop.stats().misses());
    assertEquals(2, shop.stats().nearHits());
    assertEquals(4, cache.stats().hits());
    assertEquals(3, cache.stats().nearHits());
  }

  @Test
  void manyKeysAskForTheMissingOnesOnly() {
    cache.setAll(Map.of("k1", "1", "k2", "2", "k3", "3"), HOUR);
    get("k2");
    asked.clear();
    Map<String, String> all = cache.getAll(List.of("k3", "k2", "none", "k1"), String.class);
    assertEquals(List.of("k3", "k2", "k1"), List.copyOf(all.keySet()));
    assertEquals(List.of("readAll"), asked);
    assertEquals(Map.of("k1", "1", "k3", "3"), cache.getAll(List.of("k1", "k3"), String.class));
    assertEquals(List.of("readAll"), asked);
  }

  @Test
  void valuesOfALostServerAreFoundUntilTheyEnd() {
    cache.set("k", "a", HOUR);
    get("k");
    fake.takeDown("a");
    fake.takeDown("b");
    assertEquals(Optional.of("a"), get("k"));
    map.advance(Duration.ofSeconds(1));
    assertThrows(StoreUnavailable.class, () -> get("k"));
  }

  @Test
  void loadsUseNearValues() {
    assertEquals("a", cache.getOrLoad("k", String.class, HOUR, () -> "a"));
    get("k");
    asked.clear();
    assertEquals("a", cache.getOrLoad("k", String.class, HOUR, () -> "b"));
    assertEquals(
        Optional.of(new CachedResult<>(Optional.of("a"))),
        cache.loading(String.class).find("k"));
    assertEquals(List.of(), asked);
    assertEquals(2, cache.stats().nearHits());
  }

  @Test
  void aDueNearValueMayBeFreshAtTheServer() {
    Loading<String> loading = cache.loading(String.class).expireAfter(HOUR).staleFor(HOUR);
    loading.get("k", () -> "old");
    loading.find("k");
    clock.advance(HOUR.plusSeconds(1));
    fake.store(CacheKey.of("k"), CacheValue.ofText("fresh"), Lifetime.ofSeconds(7200));
    assertEquals("fresh", loading.get("k", () -> "never"));
    assertEquals(1, cache.stats().loads());
  }

  @Test
  void nothingFoundIsRememberedNearby() {
    Loading<String> loading = cache.loading(String.class).cacheMissesFor(HOUR);
    loading.get("k", () -> null);
    assertEquals(Optional.empty(), get("k"));
    asked.clear();
    assertEquals(Optional.empty(), get("k"));
    assertEquals(null, loading.get("k", () -> "never"));
    assertEquals(List.of(), asked);
  }

  @Test
  void aClosedCacheFindsNothingNearby() {
    cache.set("k", "a", HOUR);
    get("k");
    cache.close();
    assertEquals(0, map.size());
  }

  @Test
  void wrongAgesAreRejected() {
    CacheBuilder builder = Cache.builder(Store.of(fake, fake, fake, clock));
    for (Duration wrong :
        List.of(Duration.ZERO, Duration.ofNanos(-1), Lifetime.MAX.plusNanos(1), Cache.FOREVER)) {
      IllegalArgumentException failure =
          assertThrows(IllegalArgumentException.class, () -> builder.nearCache(map, wrong));
      assertEquals(
          "maxAge: %s is not more than zero and at most ten years".formatted(wrong),
          failure.getMessage());
    }
  }
}
