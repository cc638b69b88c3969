package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Another client sends a flush that takes effect later. */
class DelayedFlushTest extends KeyTrackerFixture {
  private static final String EFFECT = "a:1 at once: its delayed flush has taken effect";

  @Test
  void keysAreListedUntilTheFlush() {
    storeMany(one, 10);
    KeyTracker tracker = started(one);
    one.announceFlush("a:1");
    scheduler.advance(SECOND);
    assertEquals(10, count(tracker.index()));
    assertFalse(events.lines().contains(EFFECT));
    one.completeFlush("a:1");
    scheduler.advance(SECOND);
    assertEquals(0, count(tracker.index()));
    assertTrue(events.lines().contains(EFFECT));
  }

  @Test
  void anAnnouncedFlushTakesOneWalk() {
    storeMany(one, 10);
    KeyTracker tracker = started(one);
    tracker.index();
    AtomicInteger walks = countWalks(one);
    one.announceFlush("a:1");
    scheduler.advance(SECOND);
    scheduler.advance(SECOND);
    scheduler.advance(SECOND);
    assertEquals(1, walks.get());
  }

  @Test
  void theFlushIsNoticedIfItWasSentBeforeTheStart() {
    storeMany(one, 10);
    one.announceFlush("a:1");
    KeyTracker tracker = started(one);
    assertEquals(10, count(tracker.index()));
    one.completeFlush("a:1");
    scheduler.advance(SECOND);
    assertEquals(0, count(tracker.index()));
  }

  @Test
  void theFlushEmptiesAnUnwalkableServer() {
    KeyTracker tracker = unwalkable();
    one.announceFlush("a:1");
    scheduler.advance(SECOND);
    assertEquals(10, count(tracker.index()));
    one.completeFlush("a:1");
    scheduler.advance(SECOND);
    assertEquals(0, count(tracker.index()));
  }

  @Test
  void anImmediateFlushReplacesTheDelayedOne() {
    storeMany(one, 10);
    KeyTracker tracker = started(one);
    one.announceFlush("a:1");
    scheduler.advance(SECOND);
    one.clear();
    store(one, "new");
    scheduler.advance(SECOND);
    assertEquals(1, count(tracker.index()));
    AtomicInteger walks = countWalks(one);
    scheduler.advance(SECOND);
    assertEquals(0, walks.get());
  }
}
