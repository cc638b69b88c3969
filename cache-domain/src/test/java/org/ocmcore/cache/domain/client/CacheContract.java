package org.ocmcore.cache.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.UnexpectedValue;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.ReservedKeys;

/** What {@link Cache} does on every store. */
public abstract class CacheContract extends CacheValueContract {
  /** Long enough for a few calls: memcached may end a lifetime a second early. */
  private static final Duration SHORT = Duration.ofSeconds(3);

  /** Lets this much time pass for the store, and a little more. */
  protected abstract void elapse(Duration duration);

  private static List<String> read(Stream<String> keys) {
    try (keys) {
      return keys.toList();
    }
  }

  @Test
  void entriesExpire() {
    cache.set("short", "a", SHORT);
    cache.set("refreshed", "a", SHORT);
    cache.set("forever", "a", Cache.FOREVER);
    assertTrue(cache.refresh("refreshed", HOUR));
    elapse(SHORT);
    assertEquals(Optional.empty(), cache.get("short", String.class));
    assertFalse(cache.refresh("short", HOUR));
    assertFalse(cache.delete("short"));
    assertEquals(Optional.of("a"), cache.get("refreshed", String.class));
    assertEquals(Optional.of("a"), cache.get("forever", String.class));
    assertTrue(cache.delete("forever"));
  }

  @Test
  void addingStoresOnlyWhatIsAbsent() {
    assertTrue(cache.add("k", "first", HOUR));
    assertFalse(cache.add("k", "second", HOUR));
    assertEquals(Optional.of("first"), cache.get("k", String.class));
  }

  @Test
  void manyKeysAreStoredReadAndDeleted() {
    Map<String, Integer> values = new LinkedHashMap<>();
    IntStream.range(0, 500).forEach(i -> values.put("many:" + i, i));
    cache.setAll(values, HOUR);
    List<String> asked = new ArrayList<>(values.keySet());
    asked.add("absent");
    Map<String, Integer> found = cache.getAll(asked, Integer.class);
    assertEquals(values, found);
    assertEquals(new ArrayList<>(values.keySet()), new ArrayList<>(found.keySet()));
    assertEquals(500, cache.deleteAll(asked));
    assertEquals(Map.of(), cache.getAll(asked, Integer.class));
    assertEquals(Map.of(), cache.getAll(List.of(), Integer.class));
    assertEquals(0, cache.deleteAll(List.of()));
  }

  @Test
  void aCounterIsANumber() {
    assertEquals(5, cache.increment("hits", 5, HOUR));
    assertEquals(12, cache.increment("hits", 7, HOUR));
    assertEquals(9, cache.increment("hits", -3, HOUR));
    assertEquals(Optional.of(9), cache.get("hits", Integer.class));
    cache.set("set", 41, HOUR);
    assertEquals(42, cache.increment("set", 1, HOUR));
    cache.set("text", "a", HOUR);
    assertThrows(UnexpectedValue.class, () -> cache.increment("text", 1, HOUR));
  }

  @Test
  void aReplacementNeedsTheVersionThatWasRead() {
    assertEquals(Optional.empty(), cache.getVersioned("k", String.class));
    cache.set("k", "first", HOUR);
    Versioned<String> seen = cache.getVersioned("k", String.class).orElseThrow();
    assertEquals("first", seen.value());
    cache.set("k", "second", HOUR);
    assertFalse(cache.replace("k", seen.version(), "third", HOUR));
    Versioned<String> again = cache.getVersioned("k", String.class).orElseThrow();
    assertNotEquals(seen.version(), again.version());
    assertTrue(cache.replace("k", again.version(), "third", HOUR));
    assertEquals(Optional.of("third"), cache.get("k", String.class));
    cache.delete("k");
    assertFalse(cache.replace("k", again.version(), "fourth", HOUR));
  }

  @Test
  void anAppSeesItsOwnKeysOnly() {
    Cache shop = cache.app("shop");
    shop.set("tokens", "a", HOUR);
    shop.set("other", "b", HOUR);
    cache.set("shopping", "c", HOUR);
    cache.app("shopper").set("tokens", "d", HOUR);
    assertEquals("a", stored("shop:tokens"));
    assertEquals(List.of("other", "tokens"), read(shop.keys(".")));
    assertEquals(List.of("tokens"), read(shop.keys("^tok")));
    assertEquals(List.of(), read(shop.keys("shop")));
    assertEquals(Map.of("tokens", "a"), shop.getAll(List.of("tokens", "x"), String.class));
    assertEquals(1, shop.refreshMatching("^tok", HOUR));
    assertEquals(1, shop.deleteMatching("^tok"));
    shop.clear();
    assertEquals(List.of("shopper:tokens", "shopping"), read(cache.keys(".")));
    shop.close();
    assertTrue(shop.add("still", "open", HOUR));
  }

  @Test
  void anAppIsClearedAtOnce() {
    Cache shop = cache.appClearedAtOnce("shop");
    cache.app("shop").set("k", "other", HOUR);
    for (int round = 0; round < 3; round++) {
      shop.set("k", "v", HOUR);
      assertEquals(Optional.of("v"), shop.get("k", String.class));
      assertEquals(Map.of("k", "v"), shop.getAll(List.of("k", "x"), String.class));
      assertEquals(List.of("k"), read(shop.keys(".")));
      assertEquals("v", shop.getOrLoad("k", String.class, HOUR, () -> "loaded"));
      shop.clear();
      assertEquals(Optional.empty(), shop.get("k", String.class));
      assertEquals(List.of(), read(shop.keys(".")));
    }
    assertEquals(Optional.of("other"), cache.app("shop").get("k", String.class));
    assertEquals("loaded", shop.getOrLoad("k", String.class, HOUR, () -> "loaded"));
    assertEquals(1, shop.deleteMatching("k"));
  }

  @Test
  void anAppCountsItsOwnReads() {
    Cache shop = cache.app("shop");
    shop.get("absent", String.class);
    cache.get("absent", String.class);
    assertEquals(1, cache.app("shop").stats().misses());
    assertEquals(2, cache.stats().misses());
    cache.set("k", "a", HOUR);
    cache.getAll(List.of("k", "absent"), String.class);
    assertEquals(1, cache.stats().hits());
    assertEquals(3, cache.stats().misses());
    assertEquals(0, shop.stats().hits());
  }

  @Test
  void patternsChangeTheKeysThatMatch() {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    IntStream.range(0, 300).forEach(i -> numbers.put("n:" + i, i));
    cache.setAll(numbers, SHORT);
    cache.set("other", "a", HOUR);
    assertEquals(300, cache.refreshMatching("^n:", HOUR));
    elapse(SHORT);
    assertEquals(111, read(cache.keys("^n:1")).size());
    assertEquals(111, cache.deleteMatching("^n:1"));
    assertEquals(0, cache.deleteMatching("^n:1"));
    assertEquals(190, read(cache.keys(".")).size());
  }

  @Test
  void keysOfTheSystemAreHidden() {
    CacheKey reserved = ReservedKeys.of("load:a");
    store.cache().store(reserved, CacheValue.ofText("x"), Lifetime.FOREVER);
    cache.set("k", "a", HOUR);
    assertEquals(List.of("k"), read(cache.keys(".")));
    assertEquals(1, cache.deleteMatching("."));
    assertTrue(store.cache().get(reserved).isPresent());
    cache.clear();
    assertFalse(store.cache().get(reserved).isPresent());
  }

  @Test
  void aMissingValueIsLoadedOnce() {
    AtomicInteger loads = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      assertEquals(
          "loaded",
          cache.getOrLoad(
              "k", String.class, HOUR, () -> "loaded" + "".repeat(loads.incrementAndGet())));
    }
    assertEquals(1, loads.get());
    assertEquals(Optional.of("loaded"), cache.get("k", String.class));
    assertEquals(1, cache.stats().loads());
  }

  @Test
  void nothingFoundIsRememberedForATime() {
    AtomicInteger loads = new AtomicInteger();
    Loading<String> loading = cache.loading(String.class).cacheMissesFor(Duration.ofSeconds(2));
    for (int i = 0; i < 3; i++) {
      assertNull(loading.get("k", () -> {
        loads.incrementAndGet();
        return null;
      }));
    }
    assertEquals(1, loads.get());
    assertEquals(Optional.empty(), cache.get("k", String.class));
    assertEquals(Optional.empty(), cache.get("k", byte[].class));
    elapse(Duration.ofSeconds(2));
    assertEquals("now", loading.get("k", () -> "now"));
  }

  @Test
  void resultsAreFoundWithoutALoad() {
    Loading<String> loading = cache.loading(String.class).cacheMissesFor(HOUR);
    assertEquals(Optional.empty(), loading.find("k"));
    loading.get("k", () -> "a");
    loading.get("nothing", () -> null);
    cache.set("set", "b", HOUR);
    assertEquals(Optional.of(new CachedResult<>(Optional.of("a"))), loading.find("k"));
    assertEquals(Optional.of(new CachedResult<>(Optional.empty())), loading.find("nothing"));
    assertEquals(Optional.of(new CachedResult<>(Optional.of("b"))), loading.find("set"));
    cache.delete("nothing");
    assertEquals(Optional.empty(), loading.find("nothing"));
  }

  @Test
  void aStoredResultIsNotLoaded() {
    Loading<String> loading = cache.loading(String.class).cacheMissesFor(HOUR);
    cache.set("k", "before", HOUR);
    loading.store("k", "a");
    assertEquals("a", loading.get("k", () -> "never"));
    assertEquals(Optional.of("a"), cache.get("k", String.class));
    loading.store("k", null);
    assertNull(loading.get("k", () -> "never"));
    assertEquals(Optional.empty(), cache.get("k", String.class));
    assertEquals(0, cache.stats().loads());
  }

  @Test
  void aResultIsAddedOnlyIfNoneIsStored() {
    Loading<String> loading = cache.loading(String.class).cacheMissesFor(HOUR);
    assertTrue(loading.add("k", "a"));
    assertFalse(loading.add("k", "b"));
    assertFalse(loading.add("k", null));
    assertEquals("a", loading.get("k", () -> "never"));
    assertTrue(loading.add("nothing", null));
    assertFalse(loading.add("nothing", "b"));
    assertNull(loading.get("nothing", () -> "never"));
    assertEquals(0, cache.stats().loads());
  }

  @Test
  void aResultOfNothingNeedsALifetime() {
    Loading<String> loading = cache.loading(String.class);
    assertThrows(IllegalArgumentException.class, () -> loading.store("k", null));
    assertThrows(IllegalArgumentException.class, () -> loading.add("k", null));
    assertEquals(Optional.empty(), loading.find("k"));
  }

  @Test
  void storedResultsExpire() {
    Loading<String> loading = cache.loading(String.class).expireAfter(SHORT).cacheMissesFor(SHORT);
    loading.store("stored", "a");
    loading.store("nothing", null);
    assertTrue(loading.add("added", "a"));
    assertTrue(loading.add("added-nothing", null));
    loading.staleFor(HOUR).store("stale", "a");
    elapse(SHORT);
    for (String key : List.of("stored", "nothing", "added", "added-nothing")) {
      assertEquals(Optional.empty(), loading.find(key), key);
    }
    assertEquals(Optional.of(new CachedResult<>(Optional.of("a"))), loading.find("stale"));
    assertTrue(loading.add("added", "b"));
    assertEquals("new", loading.staleFor(HOUR).get("stale", () -> "new"));
  }

  @Test
  void aLoadAcrossProcessesLeavesNoLease() {
    Loading<String> loading = cache.loading(String.class).clusterWide();
    String longest = "k".repeat(250);
    assertEquals("a", loading.get("k", () -> "a"));
    assertEquals("b", loading.get(longest, () -> "b"));
    assertEquals("a", loading.get("k", () -> "never"));
    List<CacheKey> all = new ArrayList<>();
    store
        .keyspace()
        .servers()
        .forEach(server -> store.keyspace().walk(server, info -> all.add(info.key())));
    assertEquals(2, all.size());
  }

  @Test
  void asynchronousCallsGiveTheSame() {
    AsyncCache async = cache.async();
    async.set("k", "a", HOUR).join();
    assertEquals(Optional.of("a"), async.get("k", String.class).join());
    assertEquals(Map.of("k", "a"), async.getAll(List.of("k"), String.class).join());
    assertFalse(async.add("k", "b", HOUR).join());
    assertEquals(1, async.call(on -> on.deleteMatching("^k$")).join());
    assertEquals("l", async.getOrLoad("k", String.class, HOUR, () -> "l").join());
    assertTrue(async.get("bad key", String.class).isCompletedExceptionally()
        || async
            .get("bad key", String.class)
            .handle((value, failure) -> failure != null)
            .join());
  }
}
