package org.ocmcore.cache.domain.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.domain.job.Progress.UNWATCHED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.error.BulkIncomplete;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.error.PreconditionFailed;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.testing.Bench;
import org.ocmcore.cache.domain.testing.RecordedProgress;

class RestoreFailureTest extends RestorerFixture {
  @Test
  void missingOrUnusableDumpStoresNothing() {
    assertThrows(DumpNotFound.class, () -> bench.restorer.restore(ADD, UNWATCHED));
    dumpOf(entry("k", "v"));
    bench.dumps.corrupt("dump-1");
    assertThrows(DumpUnusable.class, () -> bench.restorer.restore(ADD, UNWATCHED));
    assertEquals(Set.of(), bench.cache.keys());
  }

  @Test
  void whatIsNotStoredHasNotMoved() {
    DumpHeader header = new DumpHeader(bench.clock.instant(), List.of("gone:1"), "");
    bench.dumps.put(header, List.of(entry("a", "v"), entry("b", "v"), entry("c", "v")));
    bench.store("a", "live");
    RestoreAccount report = stopped(bench.restorer, ADD.atMost(OptionalLong.of(1)), UNWATCHED);
    assertEquals(1, report.restored());
    assertEquals(1, report.moved());
  }

  @Test
  void onlyTheDumpOfTheTimeThatIsNamedIsRestored() {
    Instant shown = bench.clock.instant();
    bench.dumps.put(shown, List.of(entry("a", "shown")));
    assertEquals(1, restore(ADD.madeAt(shown).asDryRun()).restored());
    Instant later = shown.plusMillis(1);
    bench.dumps.put(later, List.of(entry("a", "newer")));
    PreconditionFailed refused =
        assertThrows(PreconditionFailed.class, () -> restore(ADD.madeAt(shown)));
    assertTrue(refused.getMessage().contains(later.toString()));
    assertThrows(PreconditionFailed.class, () -> restore(ADD.madeAt(shown).salvaging()));
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
  void failedServerIsReportedWithStoredCounts() {
    dumpOfMany(30_000);
    bench.store("k1", "live");
    AtomicInteger calls = new AtomicInteger();
    bench.before("bulk store", () -> {
      if (calls.incrementAndGet() == 3) {
        bench.cache.takeDown("b:1");
      }
    });
    RestoreAccount account = stopped(bench.restorer, ADD, UNWATCHED);
    BulkIncomplete failure =
        assertInstanceOf(BulkIncomplete.class, account.failure().orElseThrow());
    bench.cache.bringBack("b:1");
    assertEquals(bench.cache.keys().size() - 1, account.restored());
    assertEquals(account.restored(), failure.done());
    assertEquals(30_000, failure.matched());
    assertEquals(Map.of(SkipReason.EXISTS, 1L), account.skipped());
    assertTrue(failure.getMessage().contains("b:1"), failure::getMessage);
    assertEquals(30_000 - failure.done() - 1, restore(ADD).restored());
    assertEquals(30_000, bench.cache.keys().size());
  }

  @Test
  void dryRunNeedsEveryServerOfItsKeys() {
    dumpOfMany(100);
    bench.cache.takeDown("b:1");
    assertThrows(StoreUnavailable.class, () -> bench.restorer.restore(ADD.asDryRun(), UNWATCHED));
  }

  @Test
  void aRestoreReportsItsProgress() {
    dumpOfMany(30_000);
    RecordedProgress progress = new RecordedProgress();
    bench.restorer.restore(ADD, progress);
    assertEquals("expect 30000", progress.reported().get(0));
    assertTrue(progress.reported().size() > 4, progress.reported()::toString);
    assertEquals(30_000, progress.items());
    assertEquals(
        bench.dumps.entries("dump").stream().mapToLong(CacheEntry::size).sum(), progress.bytes());
  }

  @Test
  void whatDoesNotMatchIsDoneToo() {
    dumpOfMany(10_000);
    RecordedProgress progress = new RecordedProgress();
    bench.restorer.restore(matching("^k1"), progress);
    assertEquals(10_000, progress.items());
  }

  @Test
  void whatWasStoredBeforeItIsCancelledStays() {
    dumpOfMany(60_000);
    RecordedProgress progress = new RecordedProgress();
    bench.before("bulk store", progress::cancel);
    RestoreAccount account = stopped(bench.restorer, ADD, progress);
    assertInstanceOf(Cancelled.class, account.failure().orElseThrow());
    int stored = bench.cache.keys().size();
    assertEquals(stored, account.restored());
    assertTrue(stored > 0 && stored < 60_000, () -> stored + " were stored");
  }

  @Test
  void itIsCancelledWhileThePatternIsTried() {
    dumpOfMany(100);
    RecordedProgress progress = new RecordedProgress();
    progress.cancel();
    assertThrows(Cancelled.class, () -> bench.restorer.restore(matching("k"), progress));
    assertEquals(Set.of(), bench.cache.keys());
  }

  @Test
  void fixedLifetimeBeginsAtTheRestore() {
    dumpOfMany(30_000);
    bench.before("bulk store", () -> bench.clock.advance(Duration.ofSeconds(15)));
    RestoreAccount report = restore(ADD.with(RestoredLifetime.fixed(Lifetime.ofSeconds(60))));
    assertEquals(30_000, report.restored());
  }

  @Test
  void cancelledRestoreHasNoRunningWork() {
    Bench one = new Bench("a:1");
    // A full batch, which is being stored when the rest of the file is passed on.
    one.dumps.put(
        Instant.EPOCH,
        IntStream.range(0, 8_292).mapToObj(i -> entry("k" + i, "v")).toList());
    CountDownLatch storing = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    one.before("bulk store", () -> {
      storing.countDown();
      LockSupport.parkNanos(50_000_000);
      ended.set(true);
    });
    RecordedProgress cancelled = new RecordedProgress();
    cancelled.beforeCheckpoint(2, () -> {
      awaitLatch(storing);
      cancelled.cancel();
    });
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Restorer restorer = new Restorer(one.store, one.dumps, AppRule.DEFAULT, threads, one.clock);
      RestoreAccount account = stopped(restorer, ADD, cancelled);
      assertInstanceOf(Cancelled.class, account.failure().orElseThrow());
      assertTrue(ended.get());
    } finally {
      threads.shutdownNow();
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void serversOlderThanTheDumpAreWarm() {
    List.of("a:1", "b:1", "c:1").forEach(server -> bench.cache.put(server, entry(server, "v")));
    bench.clock.advance(Duration.ofHours(1));
    dumpOfMany(bench.clock.instant(), 300);
    bench.clock.advance(Duration.ofHours(1));
    assertEquals(Map.of(SkipReason.WARM_SERVER, 300L), restore(ADD.ontoCold()).skipped());

    bench.cache.restart("a:1");
    bench.cache.put("a:1", entry("early", "v"));
    RestoreAccount restarted = restore(ADD.ontoCold());
    assertTrue(restarted.restored() > 0);
    assertEquals(restarted.restored() + 1, bench.cache.keysOn("a:1").size());
    assertEquals(1, bench.cache.keysOn("b:1").size());

    bench.cache.clear();
    assertEquals(300, restore(ADD.ontoCold()).restored());
  }

  @Test
  void damageDuringARestoreIsReportedWithCounts() {
    dumpOfMany(30_000);
    bench.before("bulk store", () -> bench.dumps.breakReaders("bytes 7 to 9: changed"));
    RestoreAccount account = stopped(bench.restorer, ADD, UNWATCHED);
    CacheException failure = account.failure().orElseThrow();
    assertInstanceOf(DumpUnusable.class, failure);
    assertEquals(bench.cache.keys().size(), account.restored());
    assertEquals(
        "dump 'dump' is not usable: bytes 7 to 9: changed; the file has changed since it was"
            + " checked, and %d entries are stored".formatted(bench.cache.keys().size()),
        failure.getMessage());
  }
}
