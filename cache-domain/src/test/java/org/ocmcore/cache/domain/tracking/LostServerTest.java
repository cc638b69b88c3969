package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.Scheduler;
import org.ocmcore.cache.domain.tracking.ServerTracking.Mode;

class LostServerTest extends KeyTrackerFixture {
  @Test
  void restartedServerIsWalkedFirst() {
    storeMany(one, 10);
    KeyTracker tracker = started(one);
    scheduler.advance(Duration.ofSeconds(5));
    one.restart("a:1");
    store(one, "new");
    scheduler.advance(SECOND);
    assertEquals(1, count(tracker.index()));
    assertTrue(events.lines().contains("a:1 at once: it was restarted"));
  }

  /** Memory that runs out for once must not leave servers alone for ever. */
  @Test
  void healthChecksResumeAfterAnError() {
    storeMany(one, 10);
    AtomicBoolean fails = new AtomicBoolean();
    started(one, task -> orFail(fails, task), scheduler);
    scheduler.advance(Duration.ofSeconds(5));
    fails.set(true);
    assertThrows(OutOfMemoryError.class, () -> scheduler.advance(SECOND));
    one.restart("a:1");
    scheduler.advance(SECOND);
    assertTrue(events.lines().contains("a:1 at once: it was restarted"));
  }

  @Test
  void queryResumesInterruptedHealthChecks() {
    storeMany(one, 10);
    AtomicBoolean fails = new AtomicBoolean();
    Scheduler failing = (delay, task) -> {
      orFail(fails, () -> {});
      return scheduler.after(delay, task);
    };
    KeyTracker tracker = started(one, Runnable::run, failing);
    scheduler.advance(Duration.ofSeconds(20));
    fails.set(true);
    assertThrows(OutOfMemoryError.class, () -> scheduler.advance(SECOND));
    assertEquals(List.of(), scheduler.due());
    one.restart("a:1");
    store(one, "new");
    clock.advance(KeyTracker.LONGEST_PAUSE);
    assertEquals(1, count(tracker.index()));
    assertEquals(1, scheduler.due().size());
  }

  private static void orFail(AtomicBoolean fails, Runnable task) {
    if (fails.getAndSet(false)) {
      throw new OutOfMemoryError("for once");
    }
    task.run();
  }

  @Test
  void flushedServerIsWalkedAtOnce() {
    storeMany(one, 10);
    KeyTracker tracker = started(one);
    one.clear();
    scheduler.advance(SECOND);
    assertEquals(0, count(tracker.index()));
    assertTrue(events.lines().contains("a:1 at once: it was flushed"));
  }

  @Test
  void unreachableServerIsReportedAndWalkedLater() {
    storeMany(one, 10);
    KeyTracker tracker = started(one);
    one.takeDown("a:1");
    scheduler.advance(SECOND);
    assertThrows(StoreUnavailable.class, tracker::index);
    assertEquals(
        Optional.of("connection refused"), tracker.survey().servers().get(0).problem());
    one.bringBack("a:1");
    store(one, "new");
    scheduler.advance(SECOND);
    assertEquals(11, count(tracker.index()));
    assertEquals(Optional.empty(), tracker.survey().servers().get(0).problem());
  }

  @Test
  void unwalkableServerShowsOwnWrites() {
    store(one, "foreign");
    one.refuseWalks("a:1");
    KeyTracker tracker = started(one);
    new TrackedCache(one, tracker, clock)
        .store(CacheKey.of("own"), CacheValue.ofText("v"), Lifetime.FOREVER);
    KeyIndex index = tracker.index();
    assertEquals(1, count(index));
    assertFalse(index.isComplete());
    assertEquals(
        List.of("a:1: only keys written here are known, since it cannot be walked:"
            + " it does not allow that"),
        index.gaps());
    assertEquals(Mode.OWN_WRITES, tracker.survey().servers().get(0).mode());
    assertThrows(StoreUnavailable.class, tracker::fresh);
    assertThrows(StoreUnavailable.class, tracker::reliable);
  }

  @Test
  void unwalkableServerWithFeedSaysSo() throws Exception {
    one.refuseWalks("a:1");
    KeyTracker tracker = following(one);
    ChangeListener feed = one.listener("a:1");
    feed.stored(info("foreign"), clock.instant());
    feed.caughtUp();
    awaitLine("a:1 by own writes");
    assertTrue(has(tracker.index(), "foreign"));
    assertEquals(
        List.of("a:1: only keys written here or reported by its feed are known,"
            + " since it cannot be walked: it does not allow that"),
        tracker.index().gaps());
  }

  @Test
  void flushEmptiesAnUnwalkableServer() {
    KeyTracker tracker = unwalkable();
    one.clear();
    scheduler.advance(SECOND);
    assertEquals(0, count(tracker.index()));
  }

  @Test
  void restartEmptiesAnUnwalkableServer() {
    KeyTracker tracker = unwalkable();
    scheduler.advance(Duration.ofSeconds(5));
    one.restart("a:1");
    scheduler.advance(SECOND);
    assertEquals(0, count(tracker.index()));
  }

  @Test
  void aRestartOfAYoungServerIsNoticed() {
    KeyTracker tracker = unwalkable();
    one.restart("a:1");
    // It is up for as long as it was when it was last seen.
    scheduler.advance(SECOND);
    assertEquals(0, count(tracker.index()));
  }

  @Test
  void unseenRestartEmptiesAnUnwalkableServer() {
    KeyTracker tracker = unwalkable();
    one.takeDown("a:1");
    scheduler.advance(Duration.ofSeconds(20));
    one.restart("a:1");
    // By now it is up for longer than it was when it was last seen.
    scheduler.advance(Duration.ofSeconds(15));
    one.bringBack("a:1");
    scheduler.advance(SECOND);
    assertEquals(0, count(tracker.index()));
  }

  @Test
  void keysStoredAfterAnUnseenRestartStay() {
    KeyTracker tracker = unwalkable();
    one.takeDown("a:1");
    scheduler.advance(Duration.ofSeconds(20));
    one.restart("a:1");
    one.bringBack("a:1");
    clock.advance(Duration.ofSeconds(5));
    new TrackedCache(one, tracker, clock)
        .store(CacheKey.of("new"), CacheValue.ofText("v"), Lifetime.FOREVER);
    scheduler.advance(SECOND);
    assertEquals(1, count(tracker.index()));
    assertTrue(has(tracker.index(), "new"));
  }

  @Test
  void forwardClockChangeIsNoRestart() {
    KeyTracker tracker = unwalkable();
    clock.advance(Duration.ofHours(1));
    scheduler.advance(SECOND);
    scheduler.advance(SECOND);
    assertEquals(10, count(tracker.index()));
  }

  @Test
  void resetStatisticsCauseAWalkOnly() {
    KeyTracker tracker = unwalkable();
    one.delete(CacheKey.of("own:1"));
    one.resetStats("a:1");
    scheduler.advance(SECOND);
    assertEquals(10, count(tracker.index()));
    assertTrue(events.lines().contains("a:1 at once: its statistics were reset"));
  }

  @Test
  void callersWaitBetweenLossAndWalk() {
    storeMany(one, 10);
    KeyTracker tracker = started(one);
    one.takeDown("a:1");
    scheduler.advance(SECOND);
    one.bringBack("a:1");
    one.clear();
    List<Long> seen = new ArrayList<>();
    one.beforeEach(operation -> {
      if (operation.equals("walk")) {
        CompletableFuture<Void> asked =
            CompletableFuture.runAsync(() -> seen.add(count(tracker.index())), threads);
        assertThrows(TimeoutException.class, () -> asked.get(100, TimeUnit.MILLISECONDS));
      }
    });
    scheduler.advance(SECOND);
    assertEquals(0, count(tracker.index()));
  }
}
