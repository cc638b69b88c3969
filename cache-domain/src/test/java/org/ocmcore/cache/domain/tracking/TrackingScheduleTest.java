package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.CacheKey;

class TrackingScheduleTest extends KeyTrackerFixture {
  // Started: the index is kept.

  @Test
  void startedTrackerAnswersWithoutAWalk() {
    storeMany(cache, 100);
    KeyTracker tracker = started(cache);
    AtomicInteger walks = countWalks(cache);
    assertEquals(100, count(tracker.index()));
    assertEquals(100, count(tracker.index()));
    assertEquals(0, walks.get());
  }

  @Test
  void serversAreWalkedAtTheInterval() {
    KeyTracker tracker = started(one);
    AtomicInteger walks = countWalks(one);
    store(one, "k");
    scheduler.advance(Duration.ofSeconds(59));
    assertEquals(0, walks.get());
    assertFalse(has(tracker.index(), "k"));
    scheduler.advance(SECOND);
    assertEquals(1, walks.get());
    assertTrue(has(tracker.index(), "k"));
  }

  @Test
  void longWalkCausesALongerPause() {
    one.beforeEach(operation -> {
      if (operation.equals("walk")) {
        clock.advance(Duration.ofSeconds(20));
      }
    });
    started(one);
    AtomicInteger walks = countWalks(one);
    scheduler.advance(Duration.ofSeconds(179));
    assertEquals(0, walks.get());
    scheduler.advance(Duration.ofSeconds(2));
    assertEquals(1, walks.get());
  }

  @Test
  void onlyWalksThatFollowEachOtherWaitForARest() {
    storeMany(one, 10);
    one.beforeEach(operation -> {
      if (operation.equals("walk")) {
        clock.advance(Duration.ofSeconds(5));
      }
    });
    KeyTracker tracker = tracker(one, Runnable::run);
    tracker.fresh();
    AtomicInteger walks = countWalks(one);
    tracker.fresh();
    assertEquals(1, walks.getAndSet(0), "the second follows at once");
    Future<KeyIndex> third = threads.submit(() -> tracker.fresh());
    while (scheduler.due().isEmpty()) {
      Thread.onSpinWait();
    }
    assertEquals(0, walks.get());
    assertEquals(List.of(clock.instant().plusSeconds(5)), scheduler.due());
    scheduler.advance(Duration.ofSeconds(5));
    assertEquals(1, walks.get());
    assertTrue(third.isDone() || await(third) != null);
    clock.advance(Duration.ofSeconds(10));
    tracker.fresh();
    tracker.fresh();
    assertEquals(3, walks.get(), "all rests are over");
  }

  @Test
  void freshWalksAlthoughTheIndexIsKept() {
    KeyTracker tracker = started(cache);
    store(cache, "k");
    assertFalse(has(tracker.index(), "k"));
    assertTrue(has(tracker.fresh(), "k"));
    assertTrue(has(tracker.index(), "k"));
  }

  @Test
  void ourOwnWritesAreKnownAtOnce() {
    KeyTracker tracker = started(cache);
    TrackedCache tracked = new TrackedCache(cache, tracker, clock);
    CacheKey key = CacheKey.of("k");
    tracked.store(key, CacheValue.ofText("value"), Lifetime.ofSeconds(100));
    KeyInfo known = tracker.index().find(key, clock.instant()).orElseThrow();
    assertEquals(tracker.fresh().find(key, clock.instant()).orElseThrow(), known);
    tracked.refresh(key, Lifetime.ofSeconds(500));
    assertEquals(
        Expiry.at(clock.instant().plusSeconds(500)),
        tracker.index().find(key, clock.instant()).orElseThrow().expiry());
    tracked.delete(key);
    assertFalse(has(tracker.index(), "k"));
    assertTrue(tracked.add(key, CacheValue.ofText("v"), Lifetime.FOREVER));
    assertFalse(tracked.add(key, CacheValue.ofText("other"), Lifetime.FOREVER));
    assertTrue(has(tracker.index(), "k"));
    tracked.clear();
    assertEquals(0, count(tracker.index()));
  }

  @Test
  void keysFoundMissingLeaveTheIndex() {
    store(cache, "a");
    store(cache, "b");
    KeyTracker tracker = started(cache);
    TrackedCache tracked = new TrackedCache(cache, tracker, clock);
    cache.delete(CacheKey.of("a"));
    cache.delete(CacheKey.of("b"));
    assertFalse(tracked.delete(CacheKey.of("a")));
    assertFalse(tracked.refresh(CacheKey.of("b"), Lifetime.FOREVER));
    assertEquals(0, count(tracker.index()));
  }
}
