package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.ServerAccount;
import org.ocmcore.cache.domain.testing.Bench;
import org.ocmcore.cache.domain.testing.RecordedProgress;
import org.ocmcore.cache.domain.transfer.RateLimit;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DumperTest {
  private static final Retention KEEP = new Retention(2, 0);

  private final Bench bench = new Bench();

  private DumpResult dump() {
    return bench.dumper.dump(Progress.UNWATCHED);
  }

  private static DumpPolicy partial() {
    return new DumpPolicy(Duration.ZERO, 0, KEEP, true, RateLimit.FULL);
  }

  private static DumpPolicy at(RateLimit pace) {
    return new DumpPolicy(Duration.ZERO, 0, KEEP, false, pace);
  }

  private static Set<CacheKey> keys(List<CacheEntry> entries) {
    assertEquals(
        entries.size(), entries.stream().map(CacheEntry::key).distinct().count());
    return entries.stream().map(CacheEntry::key).collect(Collectors.toSet());
  }

  @Test
  void dumpHoldsEveryKeyWithItsMetadata() {
    CacheEntry lasting = new CacheEntry(CacheKey.of("a"), CacheValue.ofText("v"), Expiry.NEVER);
    CacheEntry passing = new CacheEntry(
        CacheKey.of("b"),
        CacheValue.of(new byte[] {1, 2}, 7),
        Expiry.at(bench.clock.instant().plusSeconds(60)));
    bench.cache.store(passing.key(), passing.value(), Lifetime.ofSeconds(60));
    bench.store("a", "v");
    long now = bench.clock.instant().getEpochSecond();
    DumpResult report = dump();
    assertEquals(
        Set.of(new DumpEntry(lasting, now), new DumpEntry(passing, now)),
        Set.copyOf(bench.dumps.dumped("dump")));
    assertEquals(bench.clock.instant(), report.dump().createdAt());
    assertEquals("1.0", report.dump().header().product());
    assertEquals(List.of("a:1", "b:1", "c:1"), report.dump().header().servers());
    assertEquals(Map.of(), report.skipped());
    assertEquals(List.of("written 2"), bench.events.told());
  }

  @Test
  void theAccountAddsUpForEachServer() {
    bench.storeMany("k", 2_500);
    DumpAccount account = dump().account();
    assertTrue(account.isComplete());
    assertEquals(
        List.of("a:1", "b:1", "c:1"),
        account.servers().stream().map(ServerAccount::server).toList());
    for (ServerAccount server : account.servers()) {
      int there = bench.cache.keysOn(server.server()).size();
      assertEquals(
          new ServerAccount(server.server(), there, there, 0, 0, 0, 0, 0, Optional.empty()),
          server);
    }
    assertEquals(Optional.of(account), bench.dumps.describe("dump").account());
  }

  @Test
  void onlyTheCountingCopyIsDumped() {
    bench.storeMany("k", 2_500);
    for (int i = 0; i < 1_500; i++) {
      bench.stray("k" + i);
    }
    DumpResult report = dump();
    assertEquals(2_500, keys(bench.dumps.entries("dump")).size());
    assertTrue(bench.dumps.entries("dump").stream()
        .allMatch(entry -> entry.value().equals(CacheValue.ofText("v"))));
    assertEquals(Map.of(SkipReason.ELSEWHERE, 1_500L), report.skipped());
    assertTrue(report.account().isComplete());
  }

  @Test
  void onlyCopyOfAKeyIsDumpedOnce() {
    for (String server : bench.cache.servers()) {
      bench.cache.put(
          server,
          new CacheEntry(CacheKey.of("everywhere"), CacheValue.ofText(server), Expiry.NEVER));
    }
    String home = bench.cache.place(CacheKey.of("k")).server();
    bench.cache.servers().stream()
        .filter(server -> !server.equals(home))
        .forEach(server -> bench.cache.put(
            server, new CacheEntry(CacheKey.of("k"), CacheValue.ofText(server), Expiry.NEVER)));
    dump();
    Map<CacheKey, CacheValue> dumped = bench.dumps.entries("dump").stream()
        .collect(Collectors.toMap(CacheEntry::key, CacheEntry::value));
    String first = bench.cache.servers().stream()
        .filter(server -> !server.equals(home))
        .findFirst()
        .orElseThrow();
    assertEquals(
        Map.of(
            CacheKey.of("k"),
            CacheValue.ofText(first),
            CacheKey.of("everywhere"),
            CacheValue.ofText(bench.cache.place(CacheKey.of("everywhere")).server())),
        dumped);
  }

  @Test
  void anEmptyCacheMakesAnEmptyDump() {
    assertEquals(0, dump().dump().entries());
  }

  @Test
  void keysThatVanishDuringADumpAreCounted() {
    bench.storeMany("k", 10);
    bench.cache.store(CacheKey.of("short"), CacheValue.ofText("v"), Lifetime.ofSeconds(2));
    AtomicInteger reads = new AtomicInteger();
    bench.before("bulk read", () -> {
      if (reads.incrementAndGet() == 1) {
        bench.clock.advance(Duration.ofSeconds(3));
      }
      bench.cache.delete(CacheKey.of("k1"));
      bench.cache.delete(CacheKey.of("k2"));
    });
    DumpResult report = bench.dumper(Bench.POLICY, new Deferred()).dump(Progress.UNWATCHED);
    assertEquals(8, report.dump().entries());
    assertEquals(Map.of(SkipReason.GONE, 2L, SkipReason.EXPIRED, 1L), report.skipped());
    assertEquals(Duration.ofSeconds(3), report.duration());
    assertTrue(report.account().isComplete());
  }

  /** Measures and walks all servers before it reads any: what goes meanwhile has been seen. */
  private static final class Deferred implements java.util.concurrent.Executor {
    private final List<Runnable> reads = new ArrayList<>();
    private int given;

    @Override
    public void execute(Runnable work) {
      given++;
      if (given % 3 != 0) {
        work.run();
      } else {
        reads.add(work);
      }
      if (given == 9) {
        reads.forEach(Runnable::run);
      }
    }
  }

  @Test
  void downServerPreventsTheDump() {
    bench.store("old", "v");
    dump();
    bench.cache.takeDown("b:1");
    assertEquals("b:1", assertThrows(StoreUnavailable.class, this::dump).server());
    assertOldDumpStays();
    assertTrue(bench.events.told().get(1).startsWith("failed: b:1"), bench.events.told()::toString);
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

  @Test
  void aPartialDumpOfNothingIsNone() {
    bench.cache.servers().forEach(bench.cache::takeDown);
    assertThrows(StoreUnavailable.class, () -> bench.dumper(partial()).dump(Progress.UNWATCHED));
    assertEquals(List.of(), bench.dumps.names());
  }

  @Test
  void aDumpThatCannotBeWrittenIsTold() {
    bench.store("old", "v");
    dump();
    bench.dumps.failCommits();
    assertThrows(DumpFailed.class, this::dump);
    assertOldDumpStays();
    assertEquals(List.of("written 1", "failed: no space left on device"), bench.events.told());
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
  void progressTellsOfEveryKey() {
    bench.storeMany("k", 2_500);
    bench.stray("k1");
    RecordedProgress progress = new RecordedProgress();
    DumpResult report = bench.dumper.dump(progress);
    assertEquals("expect 2501", progress.told().get(0));
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

  @Test
  void serversAreReadInParallelDuringTheWalk() {
    bench.storeMany("k", 30_000);
    Set<Thread> threads = new HashSet<>();
    bench.cache.beforeEach(operation -> {
      if (operation.equals("walk") || operation.equals("bulk read")) {
        synchronized (threads) {
          threads.add(Thread.currentThread());
        }
      }
    });
    ExecutorService executor = Executors.newCachedThreadPool();
    try {
      bench.dumper(Bench.POLICY, executor).dump(Progress.UNWATCHED);
    } finally {
      executor.shutdownNow();
    }
    assertEquals(bench.cache.keys(), keys(bench.dumps.entries("dump")));
    assertTrue(threads.size() > 1, threads::toString);
  }

  @Test
  void anExecutorThatIsClosedEndsTheDump() {
    AtomicInteger given = new AtomicInteger();
    Dumper dumper = bench.dumper(Bench.POLICY, work -> {
      if (given.incrementAndGet() == 3) {
        throw new RejectedExecutionException("closed");
      }
      work.run();
    });
    bench.storeMany("k", 10);
    assertThrows(DumpFailed.class, () -> dumper.dump(Progress.UNWATCHED));
    assertEquals(List.of(), bench.dumps.names());
    assertEquals(0, bench.dumps.open());
  }

  @Test
  void aRateIsKept() {
    Bench one = new Bench("a:1");
    one.storeMany("k", 1_000);
    Duration took = one.dumper(at(new RateLimit(100, Duration.ZERO)))
        .dump(Progress.UNWATCHED)
        .duration();
    assertTrue(took.toMillis() > 8_000 && took.toMillis() < 10_100, took::toString);
  }

  @Test
  void theRateIsThatOfAllServersTogether() {
    bench.storeMany("k", 3_000);
    Duration took = bench
        .dumper(at(new RateLimit(1_000, Duration.ZERO)))
        .dump(Progress.UNWATCHED)
        .duration();
    // On one thread the servers come one after the other, each at a third of the rate.
    assertTrue(took.toMillis() > 7_000 && took.toMillis() < 9_100, took::toString);
  }

  @Test
  void farServerIsDumpedWithoutPauses() {
    Bench one = new Bench("a:1");
    one.storeMany("k", 1_000);
    one.cache.answerWithin("a:1", Duration.ofMillis(200));
    RecordedProgress progress = new RecordedProgress();
    DumpResult report = one.dumper(at(new RateLimit(0, Duration.ofMillis(50)))).dump(progress);
    assertEquals(1_000, report.dump().entries());
    assertEquals(Duration.ZERO, report.duration());
    assertEquals(Duration.ZERO, progress.throttled());
  }

  @Test
  void slowServerIsDumpedWithPauses() {
    Bench one = new Bench("a:1");
    one.storeMany("k", 1_000);
    AtomicInteger probes = new AtomicInteger();
    one.before("probe", () -> {
      // The first, and each other one, finds the server left alone.
      boolean isAlone = probes.getAndIncrement() % 2 == 0;
      one.cache.answerWithin("a:1", Duration.ofMillis(isAlone ? 1 : 80));
    });
    RecordedProgress progress = new RecordedProgress();
    DumpResult report =
        one.dumper(at(new RateLimit(100, Duration.ofMillis(50)))).dump(progress);
    assertEquals(1_000, report.dump().entries());
    assertTrue(progress.throttled().toSeconds() > 10, progress.throttled()::toString);
    assertTrue(one.events.told().contains("throttled for a:1"), one.events.told()::toString);
  }

  @Test
  void aServerIsMeasuredBeforeItIsWalked() {
    Bench one = new Bench("a:1");
    one.store("k", "v");
    List<String> calls = new ArrayList<>();
    one.cache.beforeEach(calls::add);
    one.dumper(at(new RateLimit(0, Duration.ofMillis(50)))).dump(Progress.UNWATCHED);
    assertTrue(
        calls.indexOf("probe") >= 0 && calls.indexOf("probe") < calls.indexOf("walk"),
        calls::toString);
  }

  @Test
  void dumpSurvivesFailedProbes() {
    Bench one = new Bench("a:1");
    one.storeMany("k", 1_000);
    AtomicInteger probes = new AtomicInteger();
    one.before("probe", () -> {
      if (probes.getAndIncrement() > 0) {
        throw new StoreUnavailable("a:1", "probe", "it did not answer within 5 s");
      }
    });
    DumpResult report =
        one.dumper(at(new RateLimit(100, Duration.ofMillis(50)))).dump(Progress.UNWATCHED);
    assertEquals(1_000, report.dump().entries());
    assertTrue(probes.get() > 1, probes::toString);
  }

  /** Lifetimes count from the answer: what holds a dump back must not come between. */
  @Test
  void whatIsHeldBackExpiresNoLater() {
    Bench one = new Bench("a:1");
    one.storeMany("k", 1_000);
    AtomicInteger reads = new AtomicInteger();
    one.before("bulk read", reads::incrementAndGet);
    one.dumper(at(new RateLimit(1_000, Duration.ZERO))).dump(Progress.UNWATCHED);
    // It is paused between reads, each of a single key here, and never within one.
    assertEquals(1_000, reads.get());
  }

  @Test
  void throttledDumpCanBeCancelled() {
    Bench one = new Bench("a:1");
    one.storeMany("k", 1_000);
    one.cache.answerWithin("a:1", Duration.ofSeconds(1));
    RecordedProgress progress = new RecordedProgress();
    one.before("probe", progress::cancel);
    assertThrows(
        Cancelled.class,
        () -> one.dumper(at(new RateLimit(0, Duration.ofMillis(50)))).dump(progress));
  }

  @Test
  void olderDumpsThatAreTooManyAreRemoved() {
    for (int i = 0; i < 5; i++) {
      bench.store("k" + i, "v");
      dump();
    }
    assertEquals(List.of("dump-5", "dump-4", "dump-3"), bench.dumps.names());
  }

  @Test
  void partialDumpsDoNotDisplaceCompleteOnes() {
    for (int i = 0; i < 3; i++) {
      dump();
    }
    bench.dumps.corrupt("dump-1");
    bench.dumps.corrupt("dump-2");
    for (int i = 0; i < 4; i++) {
      dump();
    }
    assertEquals(List.of("dump-7", "dump-6", "dump-5", "dump-2", "dump-1"), bench.dumps.names());
  }

  @Test
  void dumpSucceedsIfOldDumpsCannotBeRemoved() {
    for (RuntimeException failure :
        List.of(new DumpFailed("permission denied"), new IllegalStateException("a fault"))) {
      Bench fresh = new Bench();
      for (int i = 0; i < 3; i++) {
        fresh.dumper.dump(Progress.UNWATCHED);
      }
      fresh.dumps.failDeletes(failure);
      assertEquals("dump-4", fresh.dumper.dump(Progress.UNWATCHED).dump().name());
      assertEquals(
          List.of("written 0", "not removed: " + failure.getMessage()),
          fresh.events.told().subList(3, 5));
    }
  }
}
