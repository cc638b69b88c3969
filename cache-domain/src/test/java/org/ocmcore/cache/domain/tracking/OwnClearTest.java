package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;

class OwnClearTest extends KeyTrackerFixture {
  @Test
  void refusedClearKeepsTheServersKeys() {
    cache.refuseWalks("b:1");
    KeyTracker tracker = started(cache);
    TrackedCache tracked = new TrackedCache(cache, tracker, clock);
    for (int i = 0; i < 100; i++) {
      tracked.store(CacheKey.of("own:" + i), CacheValue.ofText("v"), Lifetime.FOREVER);
    }
    scheduler.advance(SECOND);
    cache.refuseClears("b:1");
    assertThrows(StoreUnavailable.class, tracked::clear);
    scheduler.advance(SECOND);
    int left = cache.keysOn("b:1").size();
    assertTrue(left > 0);
    assertEquals(left, count(tracker.index()));
    assertFalse(events.lines().contains("b:1 at once: it was flushed"));
    assertTrue(events.lines().contains("a:1 at once: it was flushed"));
  }

  @Test
  void clearThatFailsAfterAHealthCheckEmptiesTheServer() {
    KeyTracker tracker = unwalkable();
    assertThrows(
        StoreUnavailable.class,
        () -> tracker.clear(() -> {
          one.clear();
          scheduler.advance(SECOND);
          throw new StoreUnavailable("b:1", "clear", "timed out");
        }));
    scheduler.advance(SECOND);
    assertEquals(0, count(tracker.index()));
  }

  @Test
  void foreignFlushRightAfterAnOwnClearIsNoticed() {
    KeyTracker tracker = unwalkable();
    tracker.clear(() -> {
      one.clear();
      scheduler.advance(SECOND);
    });
    new TrackedCache(one, tracker, clock)
        .store(CacheKey.of("new"), CacheValue.ofText("v"), Lifetime.FOREVER);
    one.clear();
    scheduler.advance(SECOND);
    assertEquals(0, count(tracker.index()));
  }

  @Test
  void lateReportsCauseOneWalk() throws Exception {
    KeyTracker tracker = beating(one);
    ChangeListener feed = followed(tracker);
    store(one, "unseen");
    scheduler.advance(Duration.ofSeconds(3));
    for (int i = 0; i < 2; i++) {
      feed.counted(ChangeListener.Kind.MUTATIONS);
      feed.stored(info("late" + i), clock.instant());
      feed.caughtUp();
      scheduler.advance(SECOND);
    }
    assertTrue(events
        .lines()
        .contains("a:1 at once: its feed reported late, and may have missed changes"));
    assertFalse(events.lines().contains(SILENT));
  }

  @Test
  void ownClearDuringAHealthCheckIsRecognised() {
    KeyTracker tracker = unwalkable();
    TrackedCache tracked = new TrackedCache(one, tracker, clock);
    AtomicBoolean clears = new AtomicBoolean(true);
    for (String moment : List.of("stats", "after stats")) {
      clears.set(true);
      one.beforeEach(operation -> {
        if (operation.equals("stats") && clears.getAndSet(false)) {
          if (moment.equals("stats")) {
            tracked.clear();
            store(tracked);
          } else {
            // Nothing of it is counted yet when the look reads.
            one.afterStats(() -> {
              tracked.clear();
              store(tracked);
            });
          }
        }
      });
      scheduler.advance(SECOND);
      scheduler.advance(SECOND);
      scheduler.advance(SECOND);
      assertEquals(1, count(tracker.index()), moment);
      assertFalse(events.lines().contains("a:1 at once: it was flushed"), moment);
    }
    // And who else flushes is still noticed.
    one.beforeEach(operation -> {});
    one.clear();
    scheduler.advance(SECOND);
    assertEquals(0, count(tracker.index()));
  }

  @Test
  void unreachableServerKeepsItsKeys() {
    KeyTracker tracker = unwalkable();
    scheduler.advance(Duration.ofSeconds(60));
    one.takeDown("a:1");
    scheduler.advance(Duration.ofSeconds(20));
    one.bringBack("a:1");
    scheduler.advance(SECOND);
    assertEquals(10, count(tracker.index()));
  }

  @Test
  void keysStoredAfterOwnClearStay() {
    KeyTracker tracker = unwalkable();
    TrackedCache tracked = new TrackedCache(one, tracker, clock);
    tracked.clear();
    tracked.store(CacheKey.of("new"), CacheValue.ofText("v"), Lifetime.FOREVER);
    scheduler.advance(SECOND);
    assertEquals(1, count(tracker.index()));
    assertTrue(has(tracker.index(), "new"));
    one.clear();
    scheduler.advance(SECOND);
    assertEquals(0, count(tracker.index()));
  }
}
