package org.ocmcore.cache.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.UnexpectedValue;

/** What a JCache does on every store. */
abstract class JCacheContract {
  private CacheManager manager;

  /** The library's cache; the test does not close it. */
  abstract org.ocmcore.cache.domain.client.Cache library();

  @BeforeEach
  void openManager() {
    manager = managerOfTheSameStore();
  }

  /** Like a manager of another process. */
  private CacheManager managerOfTheSameStore() {
    return CacheAppCachingProvider.managerOf(JCacheSettings.of(library(), new TckCodec()));
  }

  @AfterEach
  void closeManager() {
    manager.close();
  }

  private static MutableConfiguration<String, Integer> types() {
    return new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
  }

  @Test
  void storesReadsAndRemoves() {
    Cache<String, Integer> cache = manager.createCache("users", types());
    cache.put("a b", 1);
    assertEquals(1, cache.get("a b"));
    assertEquals(Map.of("a b", 1), cache.getAll(Set.of("a b", "c")));
    assertTrue(cache.replace("a b", 1, 2));
    assertFalse(cache.replace("a b", 1, 3));
    assertEquals(2, cache.getAndRemove("a b"));
    assertNull(cache.get("a b"));
    assertTrue(cache.putIfAbsent("a b", 4));
  }

  @Test
  void clearLeavesOtherCachesAlone() {
    Cache<String, Integer> cache = manager.createCache("one", types());
    Cache<String, Integer> other = manager.createCache("two", types());
    cache.put("a", 1);
    other.put("a", 2);
    cache.clear();
    assertNull(cache.get("a"));
    assertEquals(2, other.get("a"));
  }

  @Test
  void iteratesOverWhatIsThere() {
    Cache<String, Integer> cache = manager.createCache("iterated", types());
    cache.putAll(Map.of("a", 1, "", 2, "ü:c", 3));
    cache.remove("a");
    Set<String> keys = new HashSet<>();
    cache.forEach(entry -> keys.add(entry.getKey()));
    assertEquals(Set.of("", "ü:c"), keys);
  }

  @Test
  void entryProcessorsOfTwoManagersLoseNothing() {
    Cache<String, Integer> here = manager.createCache("counted", types());
    here.put("n", 0);
    try (CacheManager second = managerOfTheSameStore()) {
      Cache<String, Integer> there = second.createCache("counted", types());
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<CompletableFuture<Void>> runs = new ArrayList<>();
      for (Cache<String, Integer> cache : List.of(here, there, here, there)) {
        runs.add(CompletableFuture.runAsync(() -> incrementOften(cache), threads));
      }
      runs.forEach(run -> run.orTimeout(30, TimeUnit.SECONDS).join());
      threads.shutdown();
    }
    assertEquals(400, here.get("n"));
  }

  private static void incrementOften(Cache<String, Integer> cache) {
    for (int i = 0; i < 100; i++) {
      cache.invoke("n", (entry, arguments) -> {
        entry.setValue(entry.getValue() + 1);
        return null;
      });
    }
  }

  @Test
  void aForeignValueIsAnErrorWithItsKey() {
    Cache<String, Integer> cache = manager.createCache("foreign", types());
    library().app("foreign").set("k", "x", org.ocmcore.cache.domain.client.Cache.FOREVER);
    assertEquals("k", assertThrows(UnexpectedValue.class, () -> cache.get("k")).key());
  }

  @Test
  void storeByReferenceIsRejected() {
    MutableConfiguration<String, Integer> byReference = types().setStoreByValue(false);
    assertThrows(
        UnsupportedOperationException.class, () -> manager.createCache("any", byReference));
  }

  @Test
  void closingTheManagerKeepsTheEntries() {
    manager.createCache("kept", types()).put("a", 1);
    manager.close();
    manager = managerOfTheSameStore();
    assertEquals(1, manager.createCache("kept", types()).get("a"));
  }
}
