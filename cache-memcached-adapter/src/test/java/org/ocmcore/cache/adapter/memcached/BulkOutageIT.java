package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.StoreOutcome;

/** Bulk operations on real servers that crash, hang, are full, or hold larger values. */
final class BulkOutageIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int COUNT = 30_000;

  private static CacheKey key(int number) {
    return CacheKey.of("key:%0200d".formatted(number));
  }

  private static CacheValue value(int number) {
    byte[] bytes = ("value " + number + " ").repeat(200).getBytes(StandardCharsets.US_ASCII);
    return CacheValue.of(bytes, number);
  }

  private static List<StoreOutcome> store(Fleet fleet, IntConsumer each) {
    List<StoreOutcome> outcomes = new ArrayList<>();
    fleet
        .store
        .bulk()
        .store(
            fleet.only().address(),
            IntStream.range(0, COUNT)
                .mapToObj(i -> new CacheEntry(key(i), value(i), Expiry.NEVER))
                .iterator(),
            false,
            (entry, outcome, reason) -> {
              assertEquals(key(outcomes.size()), entry.key());
              outcomes.add(outcome);
              each.accept(outcomes.size());
            });
    return outcomes;
  }

  /** Reads and checks all entries; returns their number. */
  private static int read(Fleet fleet, long size, IntConsumer each) {
    String server = fleet.only().address();
    int[] found = new int[1];
    fleet
        .store
        .bulk()
        .read(
            server,
            IntStream.range(0, COUNT)
                .mapToObj(i -> new KeyInfo(key(i), Expiry.NEVER, size, 0, false, server))
                .iterator(),
            new BulkPort.ReadVisitor() {
              @Override
              public void found(KeyInfo key, CacheEntry entry) {
                CacheValue expected = value(found[0]);
                assertEquals(key(found[0]), entry.key());
                assertEquals(expected.flags(), entry.value().flags());
                assertArrayEquals(expected.bytes(), entry.value().bytes());
                each.accept(++found[0]);
              }

              @Override
              public void absent(KeyInfo key) {
                throw new AssertionError(key);
              }

              @Override
              public void stale(KeyInfo key) {
                throw new AssertionError(key);
              }

              @Override
              public void refused(KeyInfo key, String reason) {
                throw new AssertionError(key + reason);
              }
            });
    return found[0];
  }

  @Test
  void oversizedResponsesCauseNoDeadlock() {
    try (Fleet fleet = Fleet.of(TIMEOUT, MemcachedServer.start("-m", "256"))) {
      assertEquals(Set.of(StoreOutcome.STORED), Set.copyOf(store(fleet, i -> {})));
      assertEquals(COUNT, assertTimeoutPreemptively(BOUND, () -> read(fleet, 0, i -> {})));
    }
  }

  @Test
  void aCrashMidwayFailsAfterCorrectResults() {
    try (Fleet fleet = Fleet.of(TIMEOUT, MemcachedServer.start("-m", "256"))) {
      store(fleet, i -> {});
      assertTimeoutPreemptively(BOUND, () -> {
        StoreUnavailable failure = assertThrows(
            StoreUnavailable.class,
            () -> read(fleet, 1_000, reported -> {
              if (reported == 10_000) {
                fleet.only().stop();
              }
            }));
        assertEquals(fleet.only().address(), failure.server());
        fleet.only().restart();
        assertThrows(
            StoreUnavailable.class,
            () -> store(fleet, reported -> {
              if (reported == 10_000) {
                fleet.only().stop();
              }
            }));
        fleet.only().restart();
        assertEquals(COUNT, store(fleet, i -> {}).size());
        assertEquals(COUNT, read(fleet, 1_000, i -> {}));
      });
    }
  }

  @Test
  void aHangMidwayTimesOut() {
    try (Fleet fleet = Fleet.of(TIMEOUT, MemcachedServer.start("-m", "256"))) {
      assertTimeoutPreemptively(BOUND, () -> {
        StoreUnavailable failure = assertThrows(
            StoreUnavailable.class,
            () -> store(fleet, reported -> {
              if (reported == 10_000) {
                fleet.only().pause();
              }
            }));
        assertTrue(failure.reason().startsWith("timed out"), failure.reason());
        fleet.only().resume();
        store(fleet, i -> {});
        assertThrows(
            StoreUnavailable.class,
            () -> read(fleet, 1_000, reported -> {
              if (reported == 10_000) {
                fleet.only().pause();
              }
            }));
        fleet.only().resume();
        assertEquals(COUNT, read(fleet, 1_000, i -> {}));
      });
    }
  }

  @Test
  void aFullServerRefusesItemsWithItsReason() {
    try (Fleet fleet = Fleet.of(TIMEOUT, MemcachedServer.start("-M", "-m", "2"))) {
      List<String> reported = new ArrayList<>();
      List<CacheEntry> entries = IntStream.range(0, 60)
          .mapToObj(i -> new CacheEntry(key(i), CacheValue.of(new byte[400_000], 0), Expiry.NEVER))
          .toList();
      fleet
          .store
          .bulk()
          .store(
              fleet.only().address(),
              entries.iterator(),
              false,
              (entry, outcome, reason) -> reported.add(outcome + ":" + reason));
      assertEquals(60, reported.size());
      assertEquals(
          Set.of("STORED:", "REFUSED:out of memory storing object"),
          reported.stream().collect(Collectors.toSet()));
    }
  }
}
