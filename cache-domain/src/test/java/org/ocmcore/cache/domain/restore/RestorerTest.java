package org.ocmcore.cache.domain.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.domain.job.Progress.UNWATCHED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.KeyProblem;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyBytes;
import org.ocmcore.cache.domain.query.KeyCriteria;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.testing.Bench;

class RestorerTest extends RestorerFixture {
  @Test
  void aRestoreBringsBackValuesFlagsAndExpiry() {
    CacheEntry entry = new CacheEntry(
        CacheKey.of("k"),
        CacheValue.of(new byte[] {1, 2}, 7),
        Expiry.at(bench.clock.instant().plusSeconds(60)));
    dumpOf(entry);
    bench.clock.advance(Duration.ofSeconds(20));
    assertEquals(1, restore(ADD).restored());
    assertEquals(Optional.of(entry), bench.cache.read(CacheKey.of("k")));
  }

  @Test
  void addingKeepsWhatLives() {
    bench.store("a", "live");
    dumpOf(entry("a", "dumped"), entry("b", "dumped"));
    RestoreAccount report = restore(ADD);
    assertEquals(1, report.restored());
    assertEquals(Map.of(SkipReason.EXISTS, 1L), report.skipped());
    assertEquals("live", value("a"));
    assertEquals("dumped", value("b"));
  }

  @Test
  void replacingOverwritesWhatLives() {
    bench.store("a", "live");
    dumpOf(entry("a", "dumped"));
    assertEquals(1, restore(REPLACE).restored());
    assertEquals("dumped", value("a"));
  }

  @Test
  void entriesGoBackWhereTheyCameFrom() {
    String server = bench.stray("a");
    bench.store("b", "v");
    RestoreAccount report = afterDumpAndClear(ADD);
    assertEquals(2, report.restored());
    assertEquals(0, report.moved());
    assertTrue(bench.cache.keysOn(server).contains(CacheKey.of("a")));
  }

  @Test
  void theRingMovesEntriesIfAsked() {
    bench.stray("a");
    RestoreAccount report = afterDumpAndClear(ADD.onto(RestoreRequest.Placement.RING));
    assertEquals(1, report.moved());
    assertEquals("modulo", report.ring());
    assertEquals("stray", value("a"));
  }

  @Test
  void entriesOfServersThatAreGoneMove() {
    DumpHeader header = new DumpHeader(bench.clock.instant(), List.of("gone:1"), "");
    bench.dumps.put(header, List.of(entry("a", "v")));
    RestoreAccount report = restore(ADD);
    assertEquals(1, report.restored());
    assertEquals(1, report.moved());
    assertEquals("v", value("a"));
  }

  @Test
  void aDryRunForeseesWhatMoves() {
    bench.stray("a");
    RestoreAccount report =
        afterDumpAndClear(ADD.onto(RestoreRequest.Placement.RING).asDryRun());
    assertEquals(1, report.moved());
    assertEquals(Set.of(), bench.cache.keys());
  }

  private RestoreAccount afterDumpAndClear(RestoreRequest request) {
    bench.dumper.dump(UNWATCHED);
    bench.cache.clear();
    return restore(request);
  }

  @Test
  void onlyKeysThatMatchAreRestored() {
    dumpOf(entry("a:1", "v"), entry("b:1", "v"), entry("a:2", "v"));
    RestoreAccount report = restore(matching("^a:"));
    assertEquals(2, report.restored());
    assertEquals(Map.of(SkipReason.NOT_MATCHING, 1L), report.skipped());
    assertEquals(Set.of(CacheKey.of("a:1"), CacheKey.of("a:2")), bench.cache.keys());
  }

  @Test
  void everyEntryIsAccountedFor() {
    bench.store("exists", "live");
    bench.cache.refuse(CacheKey.of("refused"));
    CacheValue tooLarge = CacheValue.of(new byte[(int) ItemSize.DEFAULT_MAX], 0);
    dumpOf(
        entry("stored", "v"),
        entry("exists", "v"),
        entry("refused", "v"),
        new CacheEntry(CacheKey.of("large"), tooLarge, Expiry.NEVER),
        new CacheEntry(
            CacheKey.of("expired"), CacheValue.ofText("v"), Expiry.at(bench.clock.instant())));
    RestoreAccount report = restore(ADD);
    assertEquals(1, report.restored());
    assertEquals(1, report.failed());
    assertEquals(
        Map.of(SkipReason.EXISTS, 1L, SkipReason.EXPIRED, 1L, SkipReason.TOO_LARGE, 1L),
        report.skipped());
    assertEquals(Set.of(CacheKey.of("stored"), CacheKey.of("exists")), bench.cache.keys());
  }

  @Test
  void refusedKeysAreListedWithReasons() {
    List<CacheEntry> entries = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      bench.cache.refuse(CacheKey.of("refused" + i));
      entries.add(entry("refused" + i, "v"));
    }
    bench.dumps.put(Instant.EPOCH, entries);
    RestoreAccount report = restore(ADD);
    assertEquals(150, report.failed());
    assertEquals(100, report.refused().size());
    assertTrue(report.refused().stream()
        .allMatch(refused -> refused.reason().equals("out of memory")
            && refused.key().toString().startsWith("refused")));
    CacheValue tooLarge = CacheValue.of(new byte[(int) ItemSize.DEFAULT_MAX], 0);
    dumpOf(new CacheEntry(CacheKey.of("large"), tooLarge, Expiry.NEVER));
    KeyProblem large = restore(ADD).refused().get(0);
    assertEquals(CacheKey.of("large"), large.key());
    assertEquals("its item takes 1,048,640 bytes, more than the server allows", large.reason());
  }

  @Test
  void manyAndLargeEntriesPassInBatches() {
    List<CacheEntry> entries = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      entries.add(entry("k" + i, "v"));
    }
    for (int i = 0; i < 10; i++) {
      entries.add(new CacheEntry(
          CacheKey.of("large" + i), CacheValue.of(new byte[1_000_000], 0), Expiry.NEVER));
    }
    bench.dumps.put(Instant.EPOCH, entries);
    AtomicInteger batches = new AtomicInteger();
    bench.before("bulk store", batches::incrementAndGet);
    assertEquals(30_010, restore(ADD).restored());
    assertEquals(30_010, bench.cache.keys().size());
    assertTrue(batches.get() > 6 && batches.get() < 30, batches::toString);
  }

  @Test
  void serversAreFilledSideBySide() {
    dumpOfMany(30_000);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    bench.before("bulk store", () -> threads.add(Thread.currentThread()));
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try {
      Restorer restorer =
          new Restorer(bench.store, bench.dumps, AppRule.DEFAULT, executor, bench.clock);
      assertEquals(30_000, restorer.restore(ADD, UNWATCHED).restored());
    } finally {
      executor.shutdownNow();
    }
    assertEquals(30_000, bench.cache.keys().size());
    assertTrue(threads.size() > 1, threads::toString);
  }

  @Test
  void onlyWhatPassesTheFilterIsRestored() {
    Instant now = bench.clock.instant();
    CacheValue large = CacheValue.of(new byte[1_000], 0);
    dumpOf(
        entry("a:never", "v"),
        new CacheEntry(
            CacheKey.of("a:soon"), CacheValue.ofText("v"), Expiry.at(now.plusSeconds(5))),
        new CacheEntry(CacheKey.of("a:large"), large, Expiry.at(now.plusSeconds(500))),
        entry("b:never", "v"),
        entry("alone", "v"));
    KeyCriteria small = traits(OptionalLong.of(500), false);
    KeyCriteria lasting = traits(OptionalLong.empty(), true);
    assertEquals(Set.of("a:never", "a:soon", "a:large"), restored(KeyFilter.of(new AppName("a"))));
    assertEquals(Set.of("alone"), restored(KeyFilter.of(AppName.GLOBAL)));
    assertEquals(
        Set.of("a:soon", "a:large"),
        restored(KeyFilter.startingWith(KeyBytes.of("a:")).with(KeyPattern.of("o|l"))));
    assertEquals(
        Set.of("a:never", "a:soon"), restored(KeyFilter.of(new AppName("a")).with(small)));
    assertEquals(Set.of("a:never", "b:never", "alone"), restored(KeyFilter.ALL.with(lasting)));
  }

  private static KeyCriteria traits(OptionalLong maxSize, boolean noTtl) {
    return new KeyCriteria(
        OptionalLong.empty(), maxSize, Optional.empty(), Optional.empty(), noTtl, Optional.empty());
  }

  @Test
  void aServerCannotBeAskedFor() {
    assertThrows(IllegalArgumentException.class, () -> ADD.with(KeyFilter.ALL.on("a:1")));
  }

  @Test
  void fetchedKeysCannotBeAskedFor() {
    KeyCriteria traits = new KeyCriteria(
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        true);
    assertEquals(
        "never fetched cannot be asked for: a dump does not say which keys were fetched",
        assertThrows(IllegalArgumentException.class, () -> ADD.with(KeyFilter.ALL.with(traits)))
            .getMessage());
  }

  @Test
  void lifetimesGoOnOrAreShiftedOrFixed() {
    Instant made = bench.clock.instant();
    CacheKey key = CacheKey.of("k");
    bench.dumps.put(
        made,
        List.of(
            new CacheEntry(key, CacheValue.ofText("v"), Expiry.at(made.plusSeconds(60))),
            entry("never", "v")));
    bench.clock.advance(Duration.ofSeconds(100));
    Instant now = bench.clock.instant();
    assertEquals(Map.of(SkipReason.EXPIRED, 1L), restore(ADD).skipped());
    restore(REPLACE.with(RestoredLifetime.SHIFTED));
    assertEquals(
        Expiry.at(now.plusSeconds(60)), bench.cache.read(key).orElseThrow().expiry());
    assertEquals(
        Expiry.NEVER, bench.cache.read(CacheKey.of("never")).orElseThrow().expiry());
    restore(REPLACE.with(RestoredLifetime.fixed(Lifetime.ofSeconds(7))));
    assertEquals(
        Expiry.at(now.plusSeconds(7)), bench.cache.read(key).orElseThrow().expiry());
    assertEquals(
        Expiry.at(now.plusSeconds(7)),
        bench.cache.read(CacheKey.of("never")).orElseThrow().expiry());
  }

  @Test
  void salvageRestoresIntactEntries() {
    dumpOf(entry("a", "v"), entry("b", "v"));
    bench.dumps.corrupt("dump-1");
    assertThrows(DumpUnusable.class, () -> bench.restorer.restore(ADD, UNWATCHED));
    RestoreAccount report = restore(ADD.salvaging());
    assertEquals(1, report.restored());
    assertFalse(report.dump().valid());
    assertEquals(Set.of(CacheKey.of("a")), bench.cache.keys());
  }

  @Test
  void keysAreRestoredWhereTheyBelongNow() {
    dumpOfMany(2_500);
    for (Bench other : List.of(new Bench("a:1"), new Bench("a:1", "b:1", "c:1", "d:1", "e:1"))) {
      other.dumps.put(Instant.EPOCH, bench.dumps.entries("dump"));
      assertEquals(2_500, other.restorer.restore(ADD, UNWATCHED).restored());
      assertTrue(
          other.cache.keys().stream().allMatch(key -> other.cache.get(key).isPresent()));
    }
  }

  @Test
  void dryRunCountsTheSameAndChangesNothing() {
    bench.store("exists", "live");
    CacheEntry expired = new CacheEntry(
        CacheKey.of("expired"), CacheValue.ofText("v"), Expiry.at(bench.clock.instant()));
    dumpOf(entry("stored", "v"), entry("exists", "v"), expired);
    RestoreAccount dryAdd = restore(ADD.asDryRun());
    RestoreAccount dryReplace = restore(REPLACE.asDryRun());
    assertEquals(Set.of(CacheKey.of("exists")), bench.cache.keys());
    assertEquals(Map.of(SkipReason.EXISTS, 1L, SkipReason.EXPIRED, 1L), dryAdd.skipped());
    assertEquals(Map.of(SkipReason.EXPIRED, 1L), dryReplace.skipped());
    assertEquals(dryAdd.words(), restore(ADD).words());
    assertEquals(dryReplace.words(), restore(REPLACE).words());
  }

  @Test
  void dryRunIgnoresMisplacedCopies() {
    bench.stray("k");
    dumpOf(entry("k", "dumped"));
    RestoreAccount dry = restore(ADD.asDryRun());
    assertEquals(1, dry.restored());
    assertEquals(dry.words(), restore(ADD).words());
    assertEquals("dumped", value("k"));
  }

  @Test
  void namedOrNewestDumpIsRestored() {
    dumpOf(entry("k", "older"));
    dumpOf(entry("k", "newest"));
    restore(REPLACE);
    assertEquals("newest", value("k"));
    restore(REPLACE.of("dump-1"));
    assertEquals("older", value("k"));
  }
}
