package org.ocmcore.cache.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.CacheStatus.ServerStatus;
import org.ocmcore.cache.domain.dump.ListedDump;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.testing.Bench;
import org.ocmcore.cache.domain.tracking.KeyTracker;

class StatusTest {
  private final Bench bench = new Bench();
  private final CacheReader reader = bench.reader;

  @Test
  void statusListsServersInConfiguredOrder() {
    bench.storeMany("k", 100);
    CacheStatus status = reader.status();
    assertEquals(100, status.totalKeys());
    assertEquals(bench.clock.instant(), status.asOf());
    assertEquals(List.of(), status.missing());
    assertEquals(
        List.of("a:1", "b:1", "c:1"),
        status.servers().stream().map(ServerStatus::address).toList());
    assertEquals(
        100,
        status.servers().stream()
            .mapToLong(server -> server.stats().orElseThrow().currentItems())
            .sum());
  }

  @Test
  void statusReportsADownServer() {
    bench.storeMany("k", 100);
    bench.cache.takeDown("b:1");
    CacheStatus status = reader.status();
    assertEquals(100 - bench.cache.keysOn("b:1").size(), status.totalKeys());
    assertEquals(List.of("b:1: walk failed: connection refused"), status.missing());
    ServerStatus down = status.servers().get(1);
    assertEquals(Optional.empty(), down.stats());
    assertEquals("connection refused", down.failure().orElseThrow().reason());
    assertTrue(status.servers().get(0).stats().isPresent());
  }

  @Test
  void statusFailsIfAllServersAreDown() {
    bench.cache.servers().forEach(bench.cache::takeDown);
    assertThrows(StoreUnavailable.class, reader::status);
  }

  @Test
  void statusIncludesServersThatRefuseWalks() {
    bench.cache.servers().forEach(bench.cache::refuseWalks);
    CacheStatus status = reader.status();
    assertEquals(3, status.missing().size());
    assertTrue(status.servers().stream().allMatch(server -> server.stats().isPresent()));
  }

  /** All three and the walk wait for each other here, so that one after the other would hang. */
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void statusAsksAllServersAtOnce() {
    ExecutorService threads = Executors.newCachedThreadPool();
    CyclicBarrier together = new CyclicBarrier(6);
    cacheWaitsAt(together);
    try {
      KeyTracker tracker = bench.tracker(threads);
      CacheReader wide = bench.reader(tracker, threads);
      assertEquals(3, wide.status().servers().size());
    } finally {
      threads.shutdownNow();
    }
  }

  private void cacheWaitsAt(CyclicBarrier barrier) {
    bench.cache.beforeEach(operation -> {
      try {
        barrier.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  @Test
  void statusPropagatesAdapterFaults() {
    bench.before("stats", () -> {
      throw new IllegalStateException("a fault in the adapter");
    });
    assertEquals(
        "a fault in the adapter",
        assertThrows(IllegalStateException.class, reader::status).getMessage());
  }

  @Test
  void dumpsAreListedNewestFirst() {
    bench.dumps.put(Instant.parse("2026-01-01T00:00:00Z"), List.of());
    bench.dumps.put(Instant.parse("2026-01-02T00:00:00Z"), List.of());
    bench.dumps.corrupt("dump-1");
    List<ListedDump> dumps = reader.dumps();
    assertEquals(
        List.of("dump-2", "dump-1"), dumps.stream().map(ListedDump::name).toList());
    assertEquals(List.of(true, false), dumps.stream().map(ListedDump::valid).toList());
  }

  @Test
  void dumpRemovedDuringListingIsLeftOut() {
    bench.dumps.put(Instant.EPOCH, List.of());
    bench.dumps.nameToo("dump-removed");
    assertEquals(
        List.of("dump-1"), reader.dumps().stream().map(ListedDump::name).toList());
  }

  @Test
  void autoDumpReportsItsState() {
    assertEquals(bench.autoDump.state(), reader.autoDump());
  }
}
