package org.ocmcore.cache.domain.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.domain.job.Progress.UNWATCHED;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.error.RestoreLimitReached;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.testing.Bench;
import org.ocmcore.cache.domain.testing.RecordedProgress;

class RestoreLimitTest extends RestorerFixture {
  private static RestoreRequest atMost(long keys) {
    return ADD.atMost(OptionalLong.of(keys));
  }

  private RestoreLimitReached refusal(Restorer restorer, RestoreRequest request) {
    RestoreAccount account = stopped(restorer, request, UNWATCHED);
    RestoreLimitReached reached =
        assertInstanceOf(RestoreLimitReached.class, account.failure().orElseThrow());
    assertEquals(account.restored(), reached.done());
    return reached;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 8_191, 8_193, 20_000, 29_999})
  void exactlyTheLimitIsRestored(int limit) {
    dumpOfMany(30_000);
    RestoreLimitReached reached = refusal(bench.restorer, atMost(limit));
    assertEquals(limit, bench.cache.keys().size());
    assertEquals(limit, reached.done());
    assertEquals(limit, reached.allowed());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 8_193, 20_000, 29_999})
  void theLimitHoldsForThreadsOfAllServers(int limit) {
    dumpOfMany(30_000);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Restorer restorer =
          new Restorer(bench.store, bench.dumps, AppRule.DEFAULT, threads, bench.clock);
      RestoreLimitReached reached = refusal(restorer, atMost(limit));
      assertEquals(limit, bench.cache.keys().size());
      assertEquals(limit, reached.done());
      bench.cache.clear();
      assertEquals(
          30_000, restorer.restore(atMost(30_000), UNWATCHED).restored(), "the limit itself");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void overwrittenEntriesCountToo() {
    dumpOfMany(30_000);
    restore(ADD);
    bench.dumps.put(
        Instant.EPOCH,
        IntStream.range(0, 30_000).mapToObj(i -> entry("k" + i, "new")).toList());
    refusal(bench.restorer, REPLACE.atMost(OptionalLong.of(12_345)));
    long replaced =
        IntStream.range(0, 30_000).filter(i -> value("k" + i).equals("new")).count();
    assertEquals(12_345, replaced);
  }

  @Test
  void keysThatExistDoNotCount() {
    dumpOfMany(30_000);
    restore(ADD);
    IntStream.range(0, 10).forEach(i -> bench.cache.delete(CacheKey.of("k" + i)));
    RestoreAccount account = restore(atMost(10));
    assertEquals(10, account.restored());
    assertEquals(Map.of(SkipReason.EXISTS, 29_990L), account.skipped());
  }

  @Test
  void moreKeysThatAreDeletedMeanwhileStayDeleted() {
    dumpOfMany(5_000);
    restore(ADD);
    IntStream.range(0, 10).forEach(i -> bench.cache.delete(CacheKey.of("k" + i)));
    assertEquals(10, restore(ADD.asDryRun()).restored());
    IntStream.range(10, 5_000).forEach(i -> bench.cache.delete(CacheKey.of("k" + i)));
    assertEquals(10, refusal(bench.restorer, atMost(10)).done());
    assertEquals(10, bench.cache.keys().size());
  }

  @Test
  void anEntryThatAppearsMeanwhileLeavesRoomForAnother() {
    Bench one = new Bench("a:1");
    one.dumps.put(
        Instant.EPOCH, IntStream.range(0, 20).mapToObj(i -> entry("k" + i, "v")).toList());
    AtomicBoolean isFirst = new AtomicBoolean(true);
    one.before("bulk store", () -> {
      if (isFirst.getAndSet(false)) {
        List.of("k1", "k2", "k3", "k4", "k5").forEach(key -> one.store(key, "live"));
      }
    });
    RestoreAccount account = one.restorer.restore(atMost(15), UNWATCHED);
    assertEquals(15, account.restored());
    assertEquals(Map.of(SkipReason.EXISTS, 5L), account.skipped());
  }

  @Test
  void aRefusedEntryLeavesRoomForAnother() {
    bench.cache.refuse(CacheKey.of("k0"));
    dumpOfMany(3);
    RestoreAccount account = restore(atMost(2));
    assertEquals(2, account.restored());
    assertEquals(1, account.failed());
  }

  @Test
  void theRefusalSaysWhatWasDoneAndLeftOut() {
    Bench one = new Bench("a:1");
    one.store("k0", "live");
    one.dumps.put(
        Instant.EPOCH, IntStream.range(0, 5).mapToObj(i -> entry("k" + i, "v")).toList());
    RestoreAccount account = stopped(one.restorer, atMost(3), UNWATCHED);
    assertEquals(Map.of(SkipReason.EXISTS, 1L), account.skipped());
    assertEquals(OptionalLong.of(1), account.left());
    assertEquals(
        "3 entries are restored and stay; more would be, and at most 3 may be",
        account.failure().orElseThrow().getMessage());
  }

  @Test
  void aServerThatFailedBeforeIsNamed() {
    dumpOfMany(30_000);
    bench.cache.takeDown("b:1");
    RestoreLimitReached reached = refusal(bench.restorer, atMost(10_000));
    assertEquals(10_000, reached.done());
    assertTrue(reached.getMessage().contains("b:1"), reached::getMessage);
  }

  @Test
  void aDryRunCountsAllWhateverTheLimit() {
    dumpOfMany(100);
    assertEquals(100, restore(atMost(1).asDryRun()).restored());
  }

  @Test
  void progressCountsEveryEntryBelowTheLimit() {
    dumpOfMany(30_000);
    RecordedProgress progress = new RecordedProgress();
    bench.restorer.restore(atMost(30_000), progress);
    assertEquals(30_000, progress.items());
  }

  @Test
  void aNegativeLimitIsRejected() {
    assertThrows(IllegalArgumentException.class, () -> atMost(-1));
  }
}
