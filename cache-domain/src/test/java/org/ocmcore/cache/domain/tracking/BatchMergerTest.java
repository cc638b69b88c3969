package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.ChangeBatch.Kind;
import org.ocmcore.cache.domain.index.LiveIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

class BatchMergerTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final LiveIndex live = new LiveIndex(
      List.of("a:1"), key -> new PlacedKey(key, "a:1"), Clock.systemUTC(), Long.MAX_VALUE);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private long known() {
    return live.snapshot(NOW, List.of()).keysByServer(NOW).get("a:1");
  }

  private static void add(BatchMerger merger, Kind kind, int number, Instant at) {
    CacheKey key = CacheKey.of("k" + number);
    merger
        .filling()
        .add(kind, new KeyInfo(key, Expiry.NEVER, 60, at.getEpochSecond(), false, "a:1"), at);
  }

  /** The same keys are stored and removed in turn, and the last change is what counts. */
  @Test
  void batchesAreMergedInTheirOrder() {
    BatchMerger merger = new BatchMerger(live, threads);
    for (int round = 0; round < 101; round++) {
      for (int i = 0; i < 500; i++) {
        add(merger, round % 2 == 0 ? Kind.STORED : Kind.REMOVED, i, NOW.plusSeconds(round));
      }
      merger.mergeAside();
    }
    merger.merge();
    assertEquals(500, known());
  }

  @Test
  void collectingGoesOnWhileAnotherThreadMerges() {
    ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    BatchMerger merger = new BatchMerger(live, waiting::add);
    add(merger, Kind.STORED, 1, NOW);
    merger.mergeAside();
    add(merger, Kind.STORED, 2, NOW);
    assertEquals(0, known());
    waiting.remove().run();
    assertEquals(1, known());
    merger.merge();
    assertEquals(2, known());
  }

  @Test
  void anExecutorThatStopsLosesNothing() {
    Executor stopped = task -> {
      throw new RejectedExecutionException();
    };
    BatchMerger merger = new BatchMerger(live, stopped);
    add(merger, Kind.STORED, 1, NOW);
    merger.mergeAside();
    assertEquals(1, known());
  }

  @Test
  void aFailureIsThrownOnce() {
    LiveIndex homeless = new LiveIndex(
        List.of("a:1", "b:1"),
        key -> {
          throw new IllegalStateException("nowhere");
        },
        Clock.systemUTC(),
        Long.MAX_VALUE);
    BatchMerger merger = new BatchMerger(homeless, threads);
    // Which of two copies counts depends on the place of the key.
    for (String server : List.of("a:1", "b:1")) {
      KeyInfo copy = new KeyInfo(CacheKey.of("k"), Expiry.NEVER, 60, 0, false, server);
      merger.filling().add(Kind.STORED, copy, NOW);
    }
    merger.mergeAside();
    assertEquals(
        "nowhere", assertThrows(IllegalStateException.class, merger::await).getMessage());
    merger.await();
  }
}
