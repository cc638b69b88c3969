package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;

/** What a feed reports of our own work on many keys. */
class OwnWorkTest extends KeyTrackerFixture {
  private static final CacheEntry ENTRY =
      new CacheEntry(CacheKey.of("k"), CacheValue.ofText("v"), Expiry.NEVER);

  private KeyTracker tracker;
  private ChangeListener feed;
  private TrackedBulk bulk;

  @BeforeEach
  void follow() throws InterruptedException {
    one.feedOnly(Set.of(ChangeListener.Kind.values()), "all kinds");
    tracker = beating(one);
    feed = followed(tracker);
    bulk = new TrackedBulk(one, tracker, threads, clock);
  }

  private void storeAll(Iterator<CacheEntry> entries) {
    bulk.store("a:1", entries, false, (entry, outcome, reason) -> {});
  }

  private long size(String key) {
    return tracker
        .index()
        .find(CacheKey.of(key), clock.instant())
        .map(KeyInfo::size)
        .orElse(0L);
  }

  private void report(long size) {
    clock.advance(Duration.ofMillis(1));
    KeyInfo info = new KeyInfo(
        ENTRY.key(), Expiry.NEVER, size, clock.instant().getEpochSecond(), false, "a:1");
    feed.stored(info, clock.instant());
    feed.caughtUp();
  }

  @Test
  void theFirstReportIsOurs() {
    storeAll(List.of(ENTRY).iterator());
    report(700);
    assertEquals(ENTRY.size(), size("k"), "our own store is known already");
    report(800);
    assertEquals(800, size("k"), "another client's is not");
  }

  @Test
  void aRefusedStoreHasNoReport() {
    one.refuse(ENTRY.key());
    storeAll(List.of(ENTRY).iterator());
    report(700);
    assertEquals(700, size("k"));
  }

  @Test
  void theFirstReportOfADeletionIsOurs() {
    storeAll(List.of(ENTRY).iterator());
    report(700);
    bulk.delete("a:1", List.of(ENTRY.key()).iterator(), (key, outcome, reason) -> {});
    report(800);
    feed.removed(ENTRY.key(), clock.instant());
    feed.caughtUp();
    assertEquals(800, size("k"), "another client stored it after our deletion");
    feed.removed(ENTRY.key(), clock.instant());
    feed.caughtUp();
    assertEquals(0, size("k"));
  }

  @Test
  void whatIsLeftOutMeanwhileIsFoundAfterwards() {
    AtomicInteger walks = countWalks(one);
    Iterator<CacheEntry> entries = new Iterator<>() {
      private int left = 3;

      @Override
      public boolean hasNext() {
        return left > 0;
      }

      @Override
      public CacheEntry next() {
        left--;
        feed.skipped(7);
        scheduler.advance(SECOND);
        return new CacheEntry(CacheKey.of("k" + left), CacheValue.ofText("v"), Expiry.NEVER);
      }
    };
    store(one, "unseen");
    storeAll(entries);
    assertEquals(0, walks.get());
    assertFalse(has(tracker.index(), "unseen"));
    scheduler.advance(SECOND);
    while (!has(tracker.index(), "unseen")) {
      Thread.onSpinWait();
    }
    assertTrue(events.lines().contains("a:1 at once: its feed has left out 7 changes"));
    assertEquals(1, walks.get());
  }

  @Test
  void longWorkDoesNotPostponeAWalkForLong() {
    AtomicInteger walks = countWalks(one);
    OwnWork work = tracker.work("a:1");
    work.begin();
    feed.skipped(1);
    scheduler.advance(Duration.ofSeconds(9));
    assertEquals(0, walks.get());
    scheduler.advance(Duration.ofSeconds(2));
    while (walks.get() == 0) {
      Thread.onSpinWait();
    }
    work.end();
  }

  @Test
  void reliableReadsDoNotWaitForTheEndOfOurWork() {
    AtomicInteger walks = countWalks(one);
    tracker.work("a:1").begin();
    store(one, "unseen");
    feed.skipped(1);
    assertTrue(has(tracker.reliable(), "unseen"));
    assertEquals(1, walks.get());
  }
}
