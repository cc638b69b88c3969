package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.domain.job.Progress.UNWATCHED;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.testing.Bench;
import org.ocmcore.cache.domain.testing.RecordedProgress;

class DumperTest {
  private final Bench bench = new Bench();

  @Test
  void aDumpHoldsEveryKeyWithValueFlagsAndExpiry() {
    bench.cache.store(
        CacheKey.of("b"), CacheValue.of(new byte[] {1, 2}, 7), Lifetime.ofSeconds(60));
    bench.store("a", "v");
    DumpReport report = bench.dumper.dump(UNWATCHED);
    assertEquals(
        List.of(
            new CacheEntry(CacheKey.of("a"), CacheValue.ofText("v"), Expiry.NEVER),
            new CacheEntry(
                CacheKey.of("b"),
                CacheValue.of(new byte[] {1, 2}, 7),
                Expiry.at(bench.clock.instant().plusSeconds(60)))),
        bench.dumps.entries("dump"));
    assertEquals(bench.dumps.describe("dump"), report.dump());
    assertEquals(bench.clock.instant(), report.dump().createdAt());
    assertEquals(Map.of(), report.skipped());
    assertEquals(List.of("written 2"), bench.events.told());
  }

  @Test
  void aDumpNamesTheServersAndHoldsNoStrays() {
    bench.storeMany("k", 2_500);
    bench.stray("k1");
    assertEquals(2_500, bench.dumper.dump(UNWATCHED).dump().entries());
    assertEquals(List.of("a:1", "b:1", "c:1"), bench.dumps.servers("dump"));
    assertTrue(bench.dumps.entries("dump").stream()
        .allMatch(entry -> entry.value().equals(CacheValue.ofText("v"))));
  }

  @Test
  void anEmptyCacheMakesAnEmptyDump() {
    assertEquals(0, bench.dumper.dump(UNWATCHED).dump().entries());
  }

  @Test
  void keysThatGoMeanwhileAreCounted() {
    bench.storeMany("k", 10);
    bench.before("readAll", () -> {
      bench.cache.delete(CacheKey.of("k1"));
      bench.cache.delete(CacheKey.of("k2"));
      bench.clock.advance(Duration.ofSeconds(3));
    });
    DumpReport report = bench.dumper.dump(UNWATCHED);
    assertEquals(8, report.dump().entries());
    assertEquals(Map.of("gone", 2L), report.skipped());
    assertEquals(Duration.ofSeconds(3), report.duration());
  }

  @Test
  void nothingIsWrittenWithoutAServerAndTheOldDumpStays() {
    bench.store("old", "v");
    bench.dumper.dump(UNWATCHED);
    bench.cache.takeDown("b:1");
    assertThrows(StoreUnavailable.class, () -> bench.dumper.dump(UNWATCHED));
    assertOldDumpStays();
    assertTrue(bench.events.told().get(1).startsWith("failed: b:1"), bench.events.told()::toString);
  }

  private void assertOldDumpStays() {
    assertEquals(List.of("dump"), bench.dumps.names());
    assertEquals(CacheKey.of("old"), bench.dumps.entries("dump").get(0).key());
    assertEquals(0, bench.dumps.openWriters());
  }

  @Test
  void aServerThatFailsMidwayDropsTheDump() {
    bench.store("old", "v");
    bench.dumper.dump(UNWATCHED);
    bench.storeMany("k", 2_500);
    AtomicInteger reads = new AtomicInteger();
    bench.before("readAll", () -> {
      if (reads.incrementAndGet() == 2) {
        bench.cache.takeDown("b:1");
      }
    });
    assertThrows(StoreUnavailable.class, () -> bench.dumper.dump(UNWATCHED));
    assertOldDumpStays();
  }

  @Test
  void aDumpThatCannotBeWrittenIsTold() {
    bench.store("old", "v");
    bench.dumper.dump(UNWATCHED);
    bench.dumps.failCommits();
    assertThrows(DumpFailed.class, () -> bench.dumper.dump(UNWATCHED));
    assertOldDumpStays();
    assertEquals(List.of("written 1", "failed: no space left on device"), bench.events.told());
  }

  @Test
  void cancellingDropsADumpThatIsRunning() {
    bench.store("old", "v");
    bench.dumper.dump(UNWATCHED);
    bench.storeMany("k", 2_500);
    RecordedProgress progress = new RecordedProgress();
    bench.before("readAll", progress::cancel);
    assertThrows(Cancelled.class, () -> bench.dumper.dump(progress));
    assertEquals(List.of("expect 2501", "1000"), progress.told());
    assertEquals(List.of("written 1", "failed: work was cancelled"), bench.events.told());
    assertOldDumpStays();
  }

  @Test
  void cancellingDropsADumpThatIsBeingCommitted() {
    bench.store("old", "v");
    bench.dumper.dump(UNWATCHED);
    bench.store("new", "v");
    RecordedProgress progress = new RecordedProgress();
    bench.dumps.whileCommitting(progress::cancel);
    assertThrows(Cancelled.class, () -> bench.dumper.dump(progress));
    assertOldDumpStays();
  }

  @Test
  void anEntryThatIsTooLargeForADumpIsCountedAndTheOthersAreWritten() {
    bench.storeMany("k", 3);
    bench.store("large", "v".repeat(1_000));
    bench.dumps.limitEntries(500);
    DumpReport report = bench.dumper.dump(UNWATCHED);
    assertEquals(3, report.dump().entries());
    assertEquals(Map.of("too_large", 1L), report.skipped());
  }

  @Test
  void olderDumpsThatAreTooManyAreRemoved() {
    for (int i = 0; i < 5; i++) {
      bench.store("k" + i, "v");
      bench.dumper.dump(UNWATCHED);
    }
    assertEquals(
        List.of(5, 4, 3),
        bench.dumps.names().stream()
            .map(name -> bench.dumps.entries(name).size())
            .toList());
  }

  @Test
  void whatIsNotWholeTakesNoPlaceOfAnOlderDumpAndIsNotRemoved() {
    for (int i = 0; i < 3; i++) {
      bench.dumper.dump(UNWATCHED);
    }
    bench.dumps.corrupt("dump-1");
    bench.dumps.corrupt("dump-2");
    for (int i = 0; i < 4; i++) {
      bench.dumper.dump(UNWATCHED);
    }
    assertEquals(List.of("dump", "dump-6", "dump-5", "dump-2", "dump-1"), bench.dumps.names());
  }

  @Test
  void aDumpIsWrittenThoughOlderOnesCannotBeRemoved() {
    for (RuntimeException failure :
        List.of(new DumpFailed("permission denied"), new IllegalStateException("a fault"))) {
      Bench fresh = new Bench();
      for (int i = 0; i < 3; i++) {
        fresh.dumper.dump(UNWATCHED);
      }
      fresh.dumps.failDeletes(failure);
      assertEquals("dump", fresh.dumper.dump(UNWATCHED).dump().name());
      assertEquals(
          List.of("written 0", "not removed: " + failure.getMessage()),
          fresh.events.told().subList(3, 5));
    }
  }

  @Test
  void itTellsHowFarItIs() {
    bench.storeMany("k", 2_500);
    bench.before("readAll", () -> bench.cache.delete(CacheKey.of("k1")));
    RecordedProgress progress = new RecordedProgress();
    bench.dumper.dump(progress);
    assertEquals(List.of("expect 2500", "1000", "1000", "500"), progress.told());
    assertEquals(
        bench.dumps.entries("dump").stream().mapToLong(CacheEntry::size).sum(), progress.bytes());
  }
}
