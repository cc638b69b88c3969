package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ServerAccount;
import org.ocmcore.cache.domain.testing.RecordedProgress;
import org.ocmcore.cache.domain.transfer.RateLimit;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DumpFailureTest extends DumperFixture {
  private static DumpPolicy partial() {
    return new DumpPolicy(Duration.ZERO, 0, KEEP, true, RateLimit.FULL);
  }

  @Test
  void downServerPreventsTheDump() {
    bench.store("old", "v");
    dump();
    bench.cache.takeDown("b:1");
    assertEquals("b:1", assertThrows(StoreUnavailable.class, this::dump).server());
    assertOldDumpStays();
    assertTrue(
        bench.events.reported().get(1).startsWith("failed: b:1"),
        bench.events.reported()::toString);
  }

  private void assertOldDumpStays() {
    assertEquals(List.of("dump-1"), bench.dumps.names());
    assertEquals(CacheKey.of("old"), bench.dumps.entries("dump").get(0).key());
    assertEquals(0, bench.dumps.open());
  }

  @Test
  void aServerThatFailsMidwayDropsTheDump() {
    bench.store("old", "v");
    dump();
    bench.storeMany("k", 2_500);
    AtomicInteger written = new AtomicInteger();
    bench.dumps.beforeEachEntry(() -> {
      if (written.incrementAndGet() == 1_000) {
        bench.cache.takeDown("b:1");
      }
    });
    assertThrows(StoreUnavailable.class, this::dump);
    assertOldDumpStays();
  }

  @Test
  void refusedValueFailsTheDump() {
    bench.store("old", "v");
    dump();
    bench.store("secret", "v");
    bench.cache.refuseReads(CacheKey.of("secret"));
    String message = assertThrows(DumpFailed.class, this::dump).getMessage();
    assertTrue(message.contains("refused to give the values of 1 of"), message);
    assertOldDumpStays();
  }

  @Test
  void aPartialDumpIsMarkedAndNeverCurrent() {
    bench.storeMany("k", 100);
    DumpResult whole = dump();
    bench.cache.takeDown("b:1");
    DumpResult report = bench.dumper(partial()).dump(Progress.UNWATCHED);
    assertFalse(report.dump().complete());
    assertTrue(report.dump().valid());
    assertEquals(
        List.of(false, true, false),
        report.account().servers().stream()
            .map(server -> server.failure().isPresent())
            .toList());
    assertEquals(100 - countOn("b:1"), report.dump().entries());
    assertEquals(List.of("dump-2", "dump-1"), bench.dumps.names());
    assertEquals(whole.dump().entries(), bench.dumps.describe("dump").entries());
  }

  private int countOn(String server) {
    bench.cache.bringBack(server);
    return bench.cache.keysOn(server).size();
  }

  @Test
  void partialDumpHoldsKeysReadBeforeTheFailure() {
    bench.storeMany("k", 3_000);
    AtomicInteger written = new AtomicInteger();
    bench.dumps.beforeEachEntry(() -> {
      if (written.incrementAndGet() == 1_500) {
        bench.cache.takeDown("b:1");
      }
    });
    DumpResult report = bench.dumper(partial()).dump(Progress.UNWATCHED);
    ServerAccount failed = report.account().servers().get(1);
    assertTrue(failed.failure().isPresent());
    assertEquals(countOn("b:1"), failed.seen());
    assertEquals(failed.seen(), failed.accounted());
    assertEquals(failed.seen() - failed.written(), failed.failed());
    assertTrue(failed.written() > 0 && failed.written() < countOn("b:1"), failed::toString);
    assertEquals(report.dump().entries(), report.account().sum(ServerAccount::written));
  }

  /** Each call could take the whole timeout. */
  @Test
  void aPartialDumpAsksADownServerOnce() {
    String up = bench.cache.servers().get(2);
    String down = bench.cache.servers().get(0);
    int misplaced = 0;
    for (int i = 0; i < 20_000; i++) {
      CacheKey key = CacheKey.of("k" + i);
      misplaced += bench.cache.place(key).server().equals(down) ? 1 : 0;
      bench.cache.put(up, new CacheEntry(key, CacheValue.ofText("v"), Expiry.NEVER));
    }
    assertTrue(misplaced > 5_000);
    bench.cache.takeDown(down);
    AtomicInteger asked = new AtomicInteger();
    bench.before("bulk find", asked::incrementAndGet);
    DumpResult report = bench.dumper(partial()).dump(Progress.UNWATCHED);
    assertEquals(20_000, report.dump().entries());
    // Two batches ask the other server, the first of them also this one.
    assertEquals(3, asked.get());
  }

  @Test
  void aPartialDumpOfNothingIsNone() {
    bench.cache.servers().forEach(bench.cache::takeDown);
    assertThrows(StoreUnavailable.class, () -> bench.dumper(partial()).dump(Progress.UNWATCHED));
    assertEquals(List.of(), bench.dumps.names());
  }

  @Test
  void aDumpThatCannotBeWrittenIsReported() {
    bench.store("old", "v");
    dump();
    bench.dumps.failCommits();
    assertThrows(DumpFailed.class, this::dump);
    assertOldDumpStays();
    assertEquals(List.of("written 1", "failed: no space left on device"), bench.events.reported());
  }

  @Test
  void unwritablePartEndsTheDump() {
    bench.store("old", "v");
    dump();
    bench.storeMany("k", 100);
    bench.dumps.beforeEachEntry(() -> {
      throw new DumpFailed("no space left on device");
    });
    assertThrows(DumpFailed.class, this::dump);
    assertOldDumpStays();
  }

  @Test
  void memoryThatRunsOutEndsTheDump() {
    bench.store("old", "v");
    dump();
    bench.dumps.beforeEachEntry(() -> {
      throw new OutOfMemoryError("Java heap space");
    });
    String message = assertThrows(DumpFailed.class, this::dump).getMessage();
    assertTrue(message.contains("Java heap space"), message);
    assertOldDumpStays();
  }

  @Test
  void cancellingDropsADumpThatIsRunning() {
    bench.store("old", "v");
    dump();
    bench.storeMany("k", 2_500);
    RecordedProgress progress = new RecordedProgress();
    bench.before("bulk read", progress::cancel);
    assertThrows(Cancelled.class, () -> bench.dumper.dump(progress));
    assertOldDumpStays();
  }

  @Test
  void cancellingDropsADumpThatIsBeingCommitted() {
    bench.store("old", "v");
    dump();
    bench.store("new", "v");
    RecordedProgress progress = new RecordedProgress();
    bench.dumps.whileCommitting(progress::cancel);
    assertThrows(Cancelled.class, () -> bench.dumper.dump(progress));
    assertOldDumpStays();
  }

  @Test
  void aDumpThatIsCancelledBeforehandAsksNobody() {
    RecordedProgress progress = new RecordedProgress();
    progress.cancel();
    bench.before("walk", () -> {
      throw new AssertionError("the servers are walked");
    });
    assertThrows(Cancelled.class, () -> bench.dumper.dump(progress));
    assertEquals(List.of(), bench.dumps.names());
  }

  @Test
  void progressReportsEveryKey() {
    bench.storeMany("k", 2_500);
    bench.stray("k1");
    RecordedProgress progress = new RecordedProgress();
    DumpResult report = bench.dumper.dump(progress);
    assertEquals("expect 2501", progress.reported().get(0));
    assertEquals(2_501, progress.items());
    assertEquals(
        bench.dumps.entries("dump").stream().mapToLong(CacheEntry::size).sum(), progress.bytes());
    assertEquals(2_500, report.dump().entries());
  }

  @Test
  void tooLargeEntryIsCountedAndSkipped() {
    bench.storeMany("k", 3);
    bench.store("large", "v".repeat(1_000));
    bench.dumps.limitEntries(500);
    DumpResult report = dump();
    assertEquals(3, report.dump().entries());
    assertEquals(Map.of(SkipReason.TOO_LARGE, 1L), report.skipped());
  }
}
