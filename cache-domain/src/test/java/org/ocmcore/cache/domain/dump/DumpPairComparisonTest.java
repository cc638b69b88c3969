package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.testing.FakeDumps;
import org.ocmcore.cache.domain.testing.RecordedProgress;

class DumpPairComparisonTest {
  private final FakeDumps first = new FakeDumps();
  private final FakeDumps second = new FakeDumps();

  private static CacheEntry entry(String key, String value, long flags) {
    return new CacheEntry(
        CacheKey.of(key), CacheValue.of(CacheValue.ofText(value).bytes(), flags), Expiry.NEVER);
  }

  private DumpPairDiff compare(List<CacheEntry> one, List<CacheEntry> other, int limit) {
    first.put(Instant.EPOCH, one);
    second.put(Instant.EPOCH, other);
    return DumpPairComparison.compare(first, second, limit, Progress.UNWATCHED);
  }

  @Test
  void eachKeyIsInOneGroup() {
    DumpPairDiff diff = compare(
        List.of(entry("a", "1", 0), entry("b", "1", 0), entry("c", "1", 0), entry("d", "1", 1)),
        List.of(entry("e", "1", 0), entry("d", "1", 2), entry("b", "2", 0), entry("a", "1", 0)),
        10);
    assertEquals(1, diff.same());
    assertEquals(List.of(CacheKey.of("d"), CacheKey.of("b")), diff.changed().first());
    assertEquals(List.of(CacheKey.of("c")), diff.onlyInFirst().first());
    assertEquals(List.of(CacheKey.of("e")), diff.onlyInSecond().first());
  }

  @Test
  void aValueThatRunsIntoTheKeyIsAChange() {
    DumpPairDiff diff = compare(List.of(entry("a", "bc", 0)), List.of(entry("ab", "c", 0)), 10);
    assertEquals(0, diff.same());
    assertEquals(1, diff.onlyInFirst().count());
    assertEquals(1, diff.onlyInSecond().count());
  }

  @Test
  void onlySomeKeysAreNamed() {
    List<CacheEntry> many = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      many.add(entry("k" + i, "v", 0));
    }
    DumpPairDiff diff = compare(many, List.of(), 2);
    assertEquals(3_000, diff.onlyInFirst().count());
    assertEquals(2, diff.onlyInFirst().first().size());
    assertEquals(0, first.open() + second.open());
  }

  @Test
  void randomDumpsAreComparedLikeMaps() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      TreeMap<String, String> one = random(random);
      TreeMap<String, String> other = random(random);
      DumpPairDiff diff = compare(entries(one), entries(other), 100);
      assertEquals(
          one.keySet().stream()
              .filter(key -> one.get(key).equals(other.get(key)))
              .count(),
          diff.same());
      assertEquals(
          one.keySet().stream().filter(other::containsKey).count() - diff.same(),
          diff.changed().count());
      assertEquals(
          one.keySet().stream().filter(key -> !other.containsKey(key)).count(),
          diff.onlyInFirst().count());
      assertEquals(
          other.keySet().stream().filter(key -> !one.containsKey(key)).count(),
          diff.onlyInSecond().count());
    }
  }

  private static TreeMap<String, String> random(Random random) {
    TreeMap<String, String> map = new TreeMap<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      map.put("k" + random.nextInt(30), "v" + random.nextInt(3));
    }
    return map;
  }

  private static List<CacheEntry> entries(TreeMap<String, String> map) {
    return map.entrySet().stream()
        .map(key -> entry(key.getKey(), key.getValue(), 0))
        .toList();
  }

  @Test
  void itCanBeCancelled() {
    List<CacheEntry> many = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      many.add(entry("k" + i, "v", 0));
    }
    first.put(Instant.EPOCH, many);
    second.put(Instant.EPOCH, many);
    RecordedProgress progress = new RecordedProgress();
    progress.cancel();
    assertThrows(Cancelled.class, () -> DumpPairComparison.compare(first, second, 1, progress));
    assertEquals(0, first.open() + second.open());
  }
}
