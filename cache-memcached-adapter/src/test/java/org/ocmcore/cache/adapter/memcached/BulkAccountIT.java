package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.KeyOutcome;
import org.ocmcore.cache.domain.port.StoreOutcome;

/** What is said of each key is what is on the server, though that answers failures alone. */
@ParameterizedClass
@EnumSource(Release.class)
final class BulkAccountIT {
  private static final int COUNT = 20_000;

  private final Release release;
  private Fleet fleet;

  BulkAccountIT(Release release) {
    this.release = release;
  }

  private void start(String... arguments) {
    fleet = Fleet.of(Duration.ofSeconds(20), MemcachedServer.start(release, arguments));
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private static List<CacheKey> keys() {
    return IntStream.range(0, COUNT).mapToObj(i -> CacheKey.of("key:" + i)).toList();
  }

  /** Every seventh key is there already. */
  private void fillSome() {
    for (int i = 0; i < COUNT; i += 7) {
      fleet.store.cache().store(CacheKey.of("key:" + i), CacheValue.ofText("v"), Lifetime.FOREVER);
    }
  }

  private Map<CacheKey, StoreOutcome> store(List<CacheEntry> entries, boolean onlyAbsent) {
    Map<CacheKey, StoreOutcome> outcomes = new LinkedHashMap<>();
    fleet
        .store
        .bulk()
        .store(
            fleet.only().address(),
            entries.iterator(),
            onlyAbsent,
            (entry, outcome, reason) -> outcomes.put(entry.key(), outcome));
    return outcomes;
  }

  private static List<CacheEntry> entries(int length) {
    return keys().stream()
        .map(key -> new CacheEntry(key, CacheValue.of(new byte[length], 0), Expiry.NEVER))
        .toList();
  }

  private List<CacheKey> found() {
    List<CacheKey> found = new ArrayList<>();
    fleet.store.bulk().find(fleet.only().address(), keys().iterator(), (key, isThere) -> {
      if (isThere) {
        found.add(key);
      }
    });
    return found;
  }

  private static <T> List<CacheKey> with(T outcome, Map<CacheKey, T> outcomes) {
    return outcomes.entrySet().stream()
        .filter(entry -> entry.getValue() == outcome)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void keysThatExistAreNotAdded() {
    start();
    fillSome();
    List<CacheKey> before = found();
    Map<CacheKey, StoreOutcome> outcomes = store(entries(100), true);
    assertEquals(keys(), List.copyOf(outcomes.keySet()));
    assertEquals(before, with(StoreOutcome.EXISTS, outcomes));
    assertEquals(COUNT - before.size(), with(StoreOutcome.STORED, outcomes).size());
    assertEquals(COUNT, found().size());
  }

  @Test
  void keysThatAreGoneAreNotDeleted() {
    start();
    fillSome();
    List<CacheKey> before = found();
    Map<CacheKey, KeyOutcome> outcomes = new LinkedHashMap<>();
    fleet
        .store
        .bulk()
        .delete(
            fleet.only().address(),
            keys().iterator(),
            (key, outcome, reason) -> outcomes.put(key, outcome));
    assertEquals(keys(), List.copyOf(outcomes.keySet()));
    assertEquals(before, with(KeyOutcome.DONE, outcomes));
    assertEquals(COUNT - before.size(), with(KeyOutcome.ABSENT, outcomes).size());
    assertEquals(List.of(), found());
  }

  /** The server does not name the keys for which it has no memory. */
  @Test
  void keysWithoutRoomAreRefused() {
    start("-M", "-m", "4");
    Map<CacheKey, StoreOutcome> outcomes = store(entries(500), false);
    assertEquals(keys(), List.copyOf(outcomes.keySet()));
    assertEquals(found(), with(StoreOutcome.STORED, outcomes));
    assertEquals(
        COUNT,
        with(StoreOutcome.STORED, outcomes).size()
            + with(StoreOutcome.REFUSED, outcomes).size());
    assertTrue(with(StoreOutcome.STORED, outcomes).size() > 1_000, outcomes::toString);
  }

  /** Of a mode that adds, too, whose keys some requests have found there. */
  @Test
  void keysWithoutRoomAreNotAdded() {
    start("-M", "-m", "4");
    for (int i = 0; i < COUNT / 4; i += 7) {
      fleet.store.cache().store(CacheKey.of("key:" + i), CacheValue.ofText("v"), Lifetime.FOREVER);
    }
    Map<CacheKey, StoreOutcome> outcomes = store(entries(500), true);
    Map<StoreOutcome, Long> counts = outcomes.values().stream()
        .collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
    assertEquals(COUNT, outcomes.size());
    assertTrue(counts.get(StoreOutcome.EXISTS) > 100, counts::toString);
    assertTrue(counts.get(StoreOutcome.STORED) > 1_000, counts::toString);
    List<CacheKey> there = found();
    assertTrue(there.containsAll(with(StoreOutcome.STORED, outcomes)));
  }
}
