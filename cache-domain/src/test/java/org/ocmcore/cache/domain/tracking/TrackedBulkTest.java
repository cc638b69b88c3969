package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.NewLifetime;
import org.ocmcore.cache.domain.port.StoreOutcome;
import org.ocmcore.cache.domain.testing.FakeCache;
import org.ocmcore.cache.domain.testing.ManualScheduler;
import org.ocmcore.cache.domain.testing.MutableClock;
import org.ocmcore.cache.domain.testing.RecordedTracking;

class TrackedBulkTest {
  private static final String SERVER = "a:1";
  private static final int COUNT = 2 * IndexUpdates.MIN_BATCH + 500;

  private final MutableClock clock = new MutableClock();
  private final FakeCache cache = new FakeCache(clock, SERVER);
  private final List<String> calls = new ArrayList<>();
  private final KeyTracker tracker = new KeyTracker(
      cache,
      cache,
      Runnable::run,
      new ManualScheduler(clock),
      clock,
      TrackingPolicy.DEFAULT,
      new RecordedTracking());
  private final BulkPort bulk = new TrackedBulk(cache, tracker, Runnable::run, clock);

  @BeforeEach
  void start() {
    tracker.start();
    cache.beforeEach(calls::add);
  }

  @AfterEach
  void close() {
    tracker.close();
  }

  private static List<CacheEntry> entries(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> new CacheEntry(CacheKey.of("key:" + i), CacheValue.ofText("v"), Expiry.NEVER))
        .toList();
  }

  private long known() {
    return tracker.index().sum(KeyRange.ALL, clock.instant()).keys();
  }

  private boolean isWalked() {
    return calls.contains("walk");
  }

  @Test
  void whatIsStoredIsKnownWithoutAWalk() {
    List<CacheEntry> entries = entries(COUNT);
    bulk.store(SERVER, entries.iterator(), false, (entry, outcome, reason) -> {});
    assertEquals(COUNT, known());
    assertFalse(isWalked());
    List<KeyInfo> known = new ArrayList<>();
    cache.walk(SERVER, known::add);
    for (KeyInfo key : known) {
      assertEquals(key.size(), entries.get(0).size() + key.key().length() - 5);
    }
  }

  @Test
  void whatIsNotStoredIsNotKnown() {
    List<CacheEntry> entries = entries(3);
    cache.refuse(entries.get(0).key());
    List<StoreOutcome> reported = new ArrayList<>();
    bulk.store(SERVER, entries.iterator(), true, (entry, outcome, reason) -> reported.add(outcome));
    assertEquals(List.of(StoreOutcome.REFUSED, StoreOutcome.STORED, StoreOutcome.STORED), reported);
    assertEquals(2, known());
  }

  @Test
  void muchIsKnownWhileMoreIsStored() {
    int[] reported = new int[1];
    bulk.store(SERVER, entries(COUNT).iterator(), false, (entry, outcome, reason) -> {
      if (++reported[0] == COUNT) {
        assertEquals(2 * IndexUpdates.MIN_BATCH, known());
      }
    });
    assertEquals(COUNT, reported[0]);
  }

  @Test
  void failureKeepsReportedKeysAndWalks() {
    int[] reported = new int[1];
    assertThrows(
        StoreUnavailable.class,
        () -> bulk.store(SERVER, entries(COUNT).iterator(), false, (entry, outcome, reason) -> {
          if (++reported[0] == 1_200) {
            cache.takeDown(SERVER);
          }
        }));
    assertTrue(isWalked());
    cache.bringBack(SERVER);
    assertEquals(1_200, known());
  }

  @Test
  void visitorExceptionCausesAWalk() {
    RuntimeException failure = new IllegalStateException("enough");
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class,
            () -> bulk.store(SERVER, entries(10).iterator(), false, (entry, outcome, reason) -> {
              throw failure;
            })));
    assertTrue(isWalked());
    assertEquals(1, known());
  }

  @Test
  void deletedKeysLeaveAndRefusedKeysStay() {
    List<CacheEntry> entries = entries(COUNT);
    bulk.store(SERVER, entries.iterator(), false, (entry, outcome, reason) -> {});
    cache.refuse(entries.get(7).key());
    clock.advance(Duration.ofSeconds(1));
    bulk.delete(
        SERVER, entries.stream().map(CacheEntry::key).iterator(), (key, outcome, reason) -> {});
    assertEquals(1, known());
    assertFalse(isWalked());
  }

  /** Work on many keys takes long, and meanwhile others change those whose turn has not come. */
  @Test
  void keyRewrittenBeforeItsTurnIsDeleted() {
    List<CacheEntry> entries = entries(COUNT);
    bulk.store(SERVER, entries.iterator(), false, (entry, outcome, reason) -> {});
    CacheKey last = entries.get(COUNT - 1).key();
    int[] reported = new int[1];
    bulk.delete(
        SERVER, entries.stream().map(CacheEntry::key).iterator(), (key, outcome, reason) -> {
          if (++reported[0] == 10) {
            clock.advance(Duration.ofSeconds(5));
            new TrackedCache(cache, tracker, clock)
                .store(last, CacheValue.ofText("w"), Lifetime.FOREVER);
            clock.advance(Duration.ofSeconds(5));
          }
        });
    assertEquals(0, known());
    assertFalse(isWalked());
  }

  @Test
  void keyRewrittenAfterItsTurnStays() {
    List<CacheEntry> entries = entries(COUNT);
    bulk.store(SERVER, entries.iterator(), false, (entry, outcome, reason) -> {});
    CacheKey first = entries.get(0).key();
    int[] reported = new int[1];
    bulk.delete(
        SERVER, entries.stream().map(CacheEntry::key).iterator(), (key, outcome, reason) -> {
          if (++reported[0] == 10) {
            clock.advance(Duration.ofSeconds(5));
            new TrackedCache(cache, tracker, clock)
                .store(first, CacheValue.ofText("w"), Lifetime.FOREVER);
          }
        });
    assertEquals(1, known());
    assertFalse(isWalked());
  }

  @Test
  void keyFoundMissingLeavesTheIndex() {
    List<CacheEntry> entries = entries(COUNT);
    bulk.store(SERVER, entries.iterator(), false, (entry, outcome, reason) -> {});
    CacheKey last = entries.get(COUNT - 1).key();
    int[] reported = new int[1];
    bulk.refresh(
        SERVER,
        entries.stream()
            .map(entry -> new NewLifetime(entry.key(), Lifetime.ofSeconds(500)))
            .iterator(),
        (key, outcome, reason) -> {
          if (++reported[0] == 10) {
            clock.advance(Duration.ofSeconds(5));
            new TrackedCache(cache, tracker, clock)
                .store(last, CacheValue.ofText("w"), Lifetime.FOREVER);
            cache.delete(last);
            clock.advance(Duration.ofSeconds(5));
          }
        });
    assertEquals(COUNT - 1, known());
  }

  @Test
  void newLifetimesAreKnown() {
    List<CacheEntry> entries = entries(COUNT);
    bulk.store(SERVER, entries.iterator(), false, (entry, outcome, reason) -> {});
    cache.delete(entries.get(3).key());
    bulk.refresh(
        SERVER,
        entries.stream()
            .map(entry -> new NewLifetime(entry.key(), Lifetime.ofSeconds(5)))
            .iterator(),
        (key, outcome, reason) -> {});
    assertEquals(COUNT - 1, known());
    clock.advance(Duration.ofSeconds(6));
    assertEquals(0, known());
    assertFalse(isWalked());
  }

  @Test
  void readingAndFindingGoThrough() {
    List<CacheEntry> entries = entries(2);
    cache.put(SERVER, entries.get(0));
    List<Boolean> found = new ArrayList<>();
    bulk.find(
        SERVER,
        entries.stream().map(CacheEntry::key).iterator(),
        (key, isThere) -> found.add(isThere));
    assertEquals(List.of(true, false), found);
    bulk.read(
        SERVER,
        entries.stream()
            .map(entry -> new KeyInfo(entry.key(), Expiry.NEVER, 60, 0, false, SERVER))
            .iterator(),
        new BulkPort.ReadVisitor() {
          @Override
          public void found(KeyInfo key, CacheEntry entry) {
            found.add(entry.equals(entries.get(0)));
          }

          @Override
          public void absent(KeyInfo key) {
            found.add(false);
          }

          @Override
          public void stale(KeyInfo key) {
            throw new IllegalStateException("stale");
          }

          @Override
          public void refused(KeyInfo key, String reason) {
            throw new IllegalStateException(reason);
          }
        });
    assertEquals(List.of(true, false, true, false), found);
    assertFalse(isWalked());
  }
}
