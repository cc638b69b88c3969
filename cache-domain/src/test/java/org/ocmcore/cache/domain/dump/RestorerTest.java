package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.ocmcore.cache.domain.job.Progress.UNWATCHED;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.dump.RestoreRequest.Mode;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.error.BulkIncomplete;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyPattern;
import org.ocmcore.cache.domain.testing.Bench;
import org.ocmcore.cache.domain.testing.RecordedProgress;

class RestorerTest {
  private static final RestoreRequest ADD = request(Mode.ADD);
  private static final RestoreRequest REPLACE = request(Mode.REPLACE);
  private static final RestoreRequest DRY_ADD =
      new RestoreRequest(Optional.empty(), Mode.ADD, Optional.empty(), true);
  private static final RestoreRequest DRY_REPLACE =
      new RestoreRequest(Optional.empty(), Mode.REPLACE, Optional.empty(), true);

  private final Bench bench = new Bench();

  private static RestoreRequest request(Mode mode) {
    return new RestoreRequest(Optional.empty(), mode, Optional.empty(), false);
  }

  private static RestoreRequest matching(String regex) {
    return new RestoreRequest(
        Optional.empty(), Mode.REPLACE, Optional.of(KeyPattern.of(regex)), false);
  }

  private static CacheEntry entry(String key, String value) {
    return new CacheEntry(CacheKey.of(key), CacheValue.ofText(value), Expiry.NEVER);
  }

  private void dumpOf(CacheEntry... entries) {
    bench.dumps.put(Instant.EPOCH, List.of(entries));
  }

  private String value(String key) {
    byte[] bytes = bench.cache.get(CacheKey.of(key)).orElseThrow().bytes();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Restores, and holds the counts against what the dump has. */
  private RestoreReport restore(RestoreRequest request) {
    RestoreReport report = bench.restorer.restore(request, UNWATCHED);
    long skipped = report.skipped().values().stream().mapToLong(Long::longValue).sum();
    assertEquals(report.dump().entries(), report.restored() + skipped + report.failed());
    return report;
  }

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
    RestoreReport report = restore(ADD);
    assertEquals(1, report.restored());
    assertEquals(Map.of("exists", 1L), report.skipped());
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
  void onlyKeysThatMatchAreRestored() {
    dumpOf(entry("a:1", "v"), entry("b:1", "v"), entry("a:2", "v"));
    RestoreReport report = restore(matching("^a:"));
    assertEquals(2, report.restored());
    assertEquals(Map.of("not_matching", 1L), report.skipped());
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
    RestoreReport report = restore(ADD);
    assertEquals(1, report.restored());
    assertEquals(1, report.failed());
    assertEquals(Map.of("exists", 1L, "expired", 1L, "too_large", 1L), report.skipped());
    assertEquals(Set.of(CacheKey.of("stored"), CacheKey.of("exists")), bench.cache.keys());
  }

  @Test
  void manyAndLargeEntriesPassInBatches() {
    List<CacheEntry> entries = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      entries.add(entry("k" + i, "v"));
    }
    for (int i = 0; i < 10; i++) {
      entries.add(new CacheEntry(
          CacheKey.of("large" + i), CacheValue.of(new byte[1_000_000], 0), Expiry.NEVER));
    }
    bench.dumps.put(Instant.EPOCH, entries);
    AtomicInteger batches = new AtomicInteger();
    bench.before("storeAll", batches::incrementAndGet);
    assertEquals(2_510, restore(ADD).restored());
    assertEquals(2_510, bench.cache.keys().size());
    assertEquals(5, batches.get());
  }

  @Test
  void aDryRunTellsTheSameAndChangesNothing() {
    bench.store("exists", "live");
    CacheEntry expired = new CacheEntry(
        CacheKey.of("expired"), CacheValue.ofText("v"), Expiry.at(bench.clock.instant()));
    dumpOf(entry("stored", "v"), entry("exists", "v"), expired);
    RestoreReport dryAdd = restore(DRY_ADD);
    RestoreReport dryReplace = restore(DRY_REPLACE);
    assertEquals(Set.of(CacheKey.of("exists")), bench.cache.keys());
    assertEquals(Map.of("exists", 1L, "expired", 1L), dryAdd.skipped());
    assertEquals(Map.of("expired", 1L), dryReplace.skipped());
    assertEquals(dryAdd, restore(ADD));
    assertEquals(dryReplace, restore(REPLACE));
  }

  @Test
  void aDryRunDoesNotTakeAStrayForAKeyThatLives() {
    bench.stray("k");
    dumpOf(entry("k", "dumped"));
    RestoreReport dry = restore(DRY_ADD);
    assertEquals(1, dry.restored());
    assertEquals(dry, restore(ADD));
    assertEquals("dumped", value("k"));
  }

  @Test
  void aNamedDumpIsRestoredAndTheNewestOtherwise() {
    dumpOf(entry("k", "older"));
    dumpOf(entry("k", "newest"));
    restore(REPLACE);
    assertEquals("newest", value("k"));
    restore(new RestoreRequest(Optional.of("dump-1"), Mode.REPLACE, Optional.empty(), false));
    assertEquals("older", value("k"));
  }

  @Test
  void aDumpThatIsMissingOrUnusableStoresNothing() {
    assertThrows(DumpNotFound.class, () -> bench.restorer.restore(ADD, UNWATCHED));
    dumpOf(entry("k", "v"));
    bench.dumps.corrupt("dump");
    assertThrows(DumpUnusable.class, () -> bench.restorer.restore(ADD, UNWATCHED));
    assertEquals(Set.of(), bench.cache.keys());
  }

  @Test
  void aPatternThatIsTooCostlyStoresNothing() {
    List<CacheEntry> entries = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      entries.add(entry("a" + i, "v"));
    }
    entries.add(entry("a".repeat(250), "v"));
    bench.dumps.put(Instant.EPOCH, entries);
    assertThrows(
        PatternTooCostly.class,
        () -> bench.restorer.restore(matching("(.*a){25}(?!.)|a"), UNWATCHED));
    assertEquals(Set.of(), bench.cache.keys());
  }

  @Test
  void aServerThatFailsMidwayIsToldWithWhatWasStored() {
    List<CacheEntry> entries = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      entries.add(entry("k" + i, "v"));
    }
    bench.dumps.put(Instant.EPOCH, entries);
    AtomicInteger calls = new AtomicInteger();
    bench.before("storeAll", () -> {
      if (calls.incrementAndGet() == 2) {
        bench.cache.takeDown("b:1");
      }
    });
    BulkIncomplete failure =
        assertThrows(BulkIncomplete.class, () -> bench.restorer.restore(ADD, UNWATCHED));
    assertEquals(1_666, failure.done());
    assertEquals(2_500, failure.matched());
    bench.cache.bringBack("b:1");
    restore(ADD);
    assertEquals(2_500, bench.cache.keys().size());
  }

  @Test
  void aDryRunNeedsEveryServer() {
    dumpOf(entry("k", "v"));
    bench.cache.takeDown("b:1");
    assertThrows(StoreUnavailable.class, () -> bench.restorer.restore(DRY_ADD, UNWATCHED));
  }

  private void dumpOfMany() {
    List<CacheEntry> entries = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      entries.add(entry("k" + i, "v"));
    }
    bench.dumps.put(Instant.EPOCH, entries);
  }

  @Test
  void itTellsHowFarItIs() {
    dumpOfMany();
    RecordedProgress progress = new RecordedProgress();
    bench.restorer.restore(ADD, progress);
    assertEquals(List.of("expect 2500", "1000", "1000", "500"), progress.told());
    assertEquals(
        bench.dumps.entries("dump").stream().mapToLong(CacheEntry::size).sum(), progress.bytes());
  }

  @Test
  void whatDoesNotMatchIsDoneToo() {
    dumpOfMany();
    RecordedProgress progress = new RecordedProgress();
    bench.restorer.restore(matching("^k1"), progress);
    assertEquals(2_500, progress.items());
  }

  @Test
  void whatWasStoredBeforeItIsCancelledStays() {
    dumpOfMany();
    RecordedProgress progress = new RecordedProgress();
    bench.before("storeAll", progress::cancel);
    assertThrows(Cancelled.class, () -> bench.restorer.restore(ADD, progress));
    assertEquals(1_000, bench.cache.keys().size());
  }

  @Test
  void itIsCancelledWhileThePatternIsTried() {
    dumpOfMany();
    RecordedProgress progress = new RecordedProgress();
    progress.cancel();
    assertThrows(Cancelled.class, () -> bench.restorer.restore(matching("k"), progress));
    assertEquals(Set.of(), bench.cache.keys());
  }
}
