package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.schedule.DumpLease;
import org.ocmcore.cache.domain.testing.Bench;
import org.ocmcore.cache.domain.testing.RecordedProgress;

class DumpInspectorTest {
  @ParameterizedTest
  @CsvSource({"100, 1", "256, 1", "511, 1", "512, 2", "1024, 4", "8192, 4"})
  void readersAtOnceFollowTheHeap(long mebibytes, int expected) {
    assertEquals(expected, DumpInspector.atOnce(mebibytes * 1024 * 1024));
  }

  private final Bench bench = new Bench();
  private final DumpInspector inspector = bench.inspector;

  private void dump() {
    bench.dumper.dump(Progress.UNWATCHED);
  }

  private static List<String> names(DumpPage page) {
    return page.keys().stream().map(key -> key.key().toString()).sorted().toList();
  }

  private static Set<CacheKey> keys(String... names) {
    Set<CacheKey> keys = new HashSet<>();
    for (String name : names) {
      keys.add(CacheKey.of(name));
    }
    return keys;
  }

  @Test
  void everyDumpedKeyIsOnOnePage() {
    bench.storeMany("k", 1_000);
    dump();
    Set<CacheKey> seen = new HashSet<>();
    OptionalLong from = OptionalLong.of(0);
    int pages = 0;
    while (from.isPresent()) {
      DumpPage page = inspector.keys("dump", KeyFilter.ALL, from.getAsLong(), 300);
      page.keys().forEach(key -> assertTrue(seen.add(key.key()), key::toString));
      from = page.next();
      pages++;
    }
    assertEquals(4, pages);
    assertEquals(bench.cache.keys(), seen);
  }

  @Test
  void filterUsesMetadataFromTheDump() {
    bench.cache.store(CacheKey.of("a:soon"), CacheValue.ofText("v"), Lifetime.ofSeconds(10));
    bench.store("a:never", "v");
    bench.store("b:never", "v");
    dump();
    bench.clock.advance(Duration.ofHours(1));
    KeyFilter app = KeyFilter.of(new AppName("a"));
    DumpPage page = inspector.keys("dump", app, 0, 10);
    assertEquals(List.of("a:never", "a:soon"), names(page));
    assertEquals(OptionalLong.empty(), page.next());
    KeyInfo soon =
        page.keys().stream().filter(key -> !key.expiry().isNever()).findFirst().orElseThrow();
    assertEquals(Expiry.at(page.dump().createdAt().plusSeconds(10)), soon.expiry());
    assertEquals(
        List.of("a:never", "b:never"),
        names(inspector.keys("dump", KeyFilter.matching(KeyPattern.of("never")), 0, 10)));
  }

  @Test
  void nextPageContinuesAfterThePreviousOne() {
    bench.storeMany("k", 1_000);
    dump();
    KeyFilter some = KeyFilter.matching(KeyPattern.of("7"));
    List<String> found = new ArrayList<>();
    OptionalLong from = OptionalLong.of(0);
    while (from.isPresent()) {
      DumpPage page = inspector.keys("dump", some, from.getAsLong(), 10);
      found.addAll(names(page));
      from = page.next();
    }
    assertEquals(271, found.size());
    assertEquals(271, new HashSet<>(found).size());
  }

  @Test
  void aDamagedDumpShowsWhatIsIntact() {
    bench.storeMany("k", 10);
    dump();
    bench.dumps.corrupt("dump-1");
    DumpPage page = inspector.keys("dump-1", KeyFilter.ALL, 0, 100);
    assertEquals(9, page.keys().size());
    assertFalse(page.dump().valid());
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThrows(DumpNotFound.class, () -> inspector.keys("dump", KeyFilter.ALL, 0, 1));
    assertThrows(
        DumpNotFound.class, () -> inspector.diff("dump", AppScope.ALL, 1, Progress.UNWATCHED));
    assertThrows(DumpNotFound.class, () -> inspector.describe("dump"));
  }

  @Test
  void costlyPatternEndsTheInspection() {
    bench.store("a".repeat(250), "v");
    dump();
    KeyFilter costly = KeyFilter.matching(KeyPattern.of("(.*a){25}(?!.)|b"));
    assertThrows(PatternTooCostly.class, () -> inspector.keys("dump", costly, 0, 1));
  }

  @Test
  void aComparisonReportsEverySortOfChange() {
    bench.storeMany("same", 30);
    bench.store("changed", "old");
    bench.cache.store(CacheKey.of("flags"), CacheValue.of(new byte[] {1}, 1), Lifetime.FOREVER);
    bench.store("deleted", "v");
    bench.cache.store(CacheKey.of("ended"), CacheValue.ofText("v"), Lifetime.ofSeconds(10));
    bench.store("longer", "v");
    dump();
    bench.clock.advance(Duration.ofSeconds(20));
    bench.store("changed", "new");
    bench.cache.store(CacheKey.of("flags"), CacheValue.of(new byte[] {1}, 2), Lifetime.FOREVER);
    bench.cache.delete(CacheKey.of("deleted"));
    bench.cache.refresh(CacheKey.of("longer"), Lifetime.ofSeconds(100));
    bench.store("new", "v");
    assertTrue(new DumpLease(bench.cache, "one").hold(Duration.ofSeconds(60)));
    RecordedProgress progress = new RecordedProgress();
    DumpDiff diff = inspector.diff("dump", AppScope.ALL, 10, progress);
    assertEquals(31, diff.same());
    assertEquals(1, diff.expired());
    assertEquals(keys("changed", "flags"), Set.copyOf(diff.changed().first()));
    assertEquals(2, diff.changed().count());
    assertEquals(keys("deleted"), Set.copyOf(diff.onlyInDump().first()));
    assertEquals(keys("new"), Set.copyOf(diff.onlyLive().first()));
    assertEquals(35, progress.items());
  }

  @Test
  void diffNamesFirstKeysAndCountsAll() {
    bench.storeMany("dumped", 20_000);
    dump();
    bench.cache.clear();
    bench.storeMany("live", 10_000);
    DumpDiff diff = inspector.diff("dump", AppScope.ALL, 3, Progress.UNWATCHED);
    assertEquals(20_000, diff.onlyInDump().count());
    assertEquals(3, diff.onlyInDump().first().size());
    assertEquals(10_000, diff.onlyLive().count());
    assertEquals(0, diff.same());
  }

  @Test
  void diffNeedsEveryServerAndCanBeCancelled() {
    bench.storeMany("k", 100);
    dump();
    bench.cache.takeDown("b:1");
    assertThrows(
        StoreUnavailable.class, () -> inspector.diff("dump", AppScope.ALL, 1, Progress.UNWATCHED));
    bench.cache.bringBack("b:1");
    RecordedProgress progress = new RecordedProgress();
    progress.cancel();
    assertThrows(Cancelled.class, () -> inspector.diff("dump", AppScope.ALL, 1, progress));
  }

  @Test
  void keysAreKnownByTheirHashes() {
    Random random = new Random(3);
    KeyHashes hashes = new KeyHashes();
    Set<CacheKey> added = new HashSet<>();
    while (added.size() < 10_000) {
      byte[] bytes = new byte[1 + random.nextInt(100)];
      random.nextBytes(bytes);
      CacheKey key = CacheKey.ofBytes(bytes);
      if (added.add(key)) {
        hashes.add(key);
      }
    }
    hashes.sort();
    for (CacheKey key : added) {
      byte[] around = new byte[key.length() + 2];
      System.arraycopy(key.bytes(), 0, around, 1, key.length());
      assertTrue(hashes.contains(around, 1, around.length - 1));
    }
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = CacheKey.of("other:" + i).bytes();
      assertFalse(hashes.contains(bytes, 0, bytes.length));
    }
  }

  @Test
  void diffIgnoresLeaseAndMisplacedCopies() {
    CacheEntry entry = new CacheEntry(CacheKey.of("k"), CacheValue.ofText("v"), Expiry.NEVER);
    bench.store("k", "v");
    bench.cache.put(bench.stray("k"), entry);
    dump();
    DumpDiff diff = inspector.diff("dump", AppScope.ALL, 3, Progress.UNWATCHED);
    assertEquals(1, diff.same());
    assertEquals(0, diff.onlyLive().count());
  }
}
