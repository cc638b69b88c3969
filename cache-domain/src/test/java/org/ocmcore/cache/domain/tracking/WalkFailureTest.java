package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.port.ChangeListener;

class WalkFailureTest extends KeyTrackerFixture {
  @Test
  void anExecutorThatStopsEndsWalksQuietly() {
    storeMany(one, 10_000);
    AtomicInteger tasks = new AtomicInteger(1);
    KeyTracker tracker = tracker(one, work -> {
      if (tasks.getAndDecrement() <= 0) {
        throw new RejectedExecutionException();
      }
      work.run();
    });
    assertEquals(10_000, count(tracker.fresh()));
    assertTrue(assertThrows(StoreUnavailable.class, tracker::fresh)
        .getMessage()
        .contains("the service is stopping"));
    assertEquals(
        List.of(),
        events.lines().stream().filter(line -> line.contains("broken")).toList());
  }

  @Test
  void failedWalkIsRetriedWithBackoff() {
    AtomicInteger walks = new AtomicInteger();
    one.beforeEach(operation -> {
      if (operation.equals("walk")) {
        walks.incrementAndGet();
        throw new StoreUnavailable("a:1", "walk", "it talks rubbish");
      }
    });
    started(one);
    scheduler.advance(Duration.ofSeconds(30));
    assertEquals(5, walks.get());
    scheduler.advance(Duration.ofHours(1));
    assertEquals(5 + 60, walks.get(), 3);
  }

  @Test
  void recentWalkFailureIsTheAnswer() {
    AtomicInteger walks = new AtomicInteger();
    one.beforeEach(operation -> {
      if (operation.equals("walk")) {
        walks.incrementAndGet();
        throw new StoreUnavailable("a:1", "walk", "it talks rubbish");
      }
    });
    KeyTracker tracker = started(one);
    for (int i = 0; i < 5; i++) {
      assertEquals(
          "it talks rubbish",
          assertThrows(StoreUnavailable.class, tracker::index).reason());
    }
    assertEquals(1, walks.get());
    assertEquals(
        Optional.of("it talks rubbish"), tracker.survey().servers().get(0).problem());
  }

  private static void waitForTheEnd() {
    waitFor(new CountDownLatch(1));
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The first walk fails, and later ones take for ever. */
  private KeyTracker failedAndWalkingAgain() {
    AtomicInteger walks = new AtomicInteger();
    CountDownLatch isAgain = new CountDownLatch(1);
    one.beforeEach(operation -> {
      if (operation.equals("walk") && walks.incrementAndGet() == 1) {
        throw new StoreUnavailable("a:1", "walk", "it talks rubbish");
      } else if (operation.equals("walk")) {
        isAgain.countDown();
        waitForTheEnd();
      }
    });
    KeyTracker tracker = tracker(one, threads);
    tracker.start();
    assertThrows(StoreUnavailable.class, tracker::index);
    while (isAgain.getCount() > 0) {
      scheduler.advance(SECOND);
    }
    return tracker;
  }

  @Test
  void theLastFailureIsTheAnswerWhileTheNextWalkRuns() {
    KeyTracker tracker = failedAndWalkingAgain();
    assertEquals(
        "it talks rubbish", assertThrows(StoreUnavailable.class, tracker::index).reason());
    assertEquals("it talks rubbish", tracker.survey().failures().get(0).reason());
  }

  /** Whoever waits for a walk learns why it failed, and does not wait for another one. */
  @Test
  void aWalkThatFailsAnswersWhoWaitsForIt() throws Exception {
    AtomicInteger walks = new AtomicInteger();
    CountDownLatch isBegun = new CountDownLatch(1);
    CountDownLatch mayFail = new CountDownLatch(1);
    one.beforeEach(operation -> {
      if (operation.equals("walk") && walks.incrementAndGet() > 1) {
        waitForTheEnd();
      } else if (operation.equals("walk")) {
        isBegun.countDown();
        waitFor(mayFail);
        throw new StoreUnavailable("a:1", "walk", "it talks rubbish");
      }
    });
    KeyTracker tracker = tracker(one, threads);
    tracker.start();
    isBegun.await();
    Runnable letItFail = mayFail::countDown;
    assertEquals(
        "it talks rubbish",
        assertThrows(StoreUnavailable.class, () -> tracker.index(Optional.empty(), letItFail))
            .reason());
    assertEquals(1, walks.get());
  }

  @Test
  void aSurveyDoesNotWaitForALongWalk() {
    one.beforeEach(operation -> {
      if (operation.equals("walk")) {
        waitForTheEnd();
      }
    });
    KeyTracker tracker = tracker(one, threads);
    tracker.start();
    assertTrue(
        tracker.survey().failures().get(0).reason().startsWith("its keys are still being listed"));
  }

  /** Its index has room for some hundred keys. */
  private KeyTracker startedWithLittleRoom(Executor executor) {
    KeyTracker tracker = new KeyTracker(
        one, one, executor, scheduler, clock, new TrackingPolicy(SECOND, 10_000, SECOND), events);
    trackers.add(tracker);
    tracker.start();
    return tracker;
  }

  @Test
  void fullIndexFailsWithAReason() {
    storeMany(one, 1_000);
    KeyTracker tracker = startedWithLittleRoom(Runnable::run);
    String reason = assertThrows(StoreUnavailable.class, tracker::index).reason();
    assertTrue(reason.startsWith("the index is full: its keys need more "), reason);
    assertTrue(reason.contains("-Xmx"), reason);
  }

  /** A list of the keys that are left, or of none, would be taken for all. */
  @Test
  void keysThatWereDroppedForWantOfRoomAreMissed() {
    storeMany(one, 3);
    KeyTracker tracker = startedWithLittleRoom(Runnable::run);
    assertEquals(3, count(tracker.index()));
    storeMany(one, 1_000);
    assertThrows(StoreUnavailable.class, tracker::fresh);
    String reason = assertThrows(StoreUnavailable.class, tracker::index).reason();
    assertTrue(reason.startsWith("the index is full"), reason);
    assertEquals(1, tracker.survey().failures().size());
    assertTrue(
        tracker.known().index().gaps().get(0).contains("did not fit into the index"),
        () -> tracker.known().index().gaps().toString());
    one.clear();
    storeMany(one, 4);
    assertEquals(4, count(tracker.fresh()));
    assertEquals(List.of(), tracker.index().gaps());
  }

  @Test
  void fullIndexSkipsFeedChanges() throws Exception {
    one.offerFeed();
    KeyTracker tracker = startedWithLittleRoom(threads);
    ChangeListener feed = one.listener("a:1");
    awaitLine("a:1 by feed and walk");
    for (int i = 0; i < 100_000; i++) {
      feed.stored(info("endless:" + i), clock.instant());
    }
    feed.caughtUp();
    assertTrue(count(tracker.index()) < 10_000);
    assertTrue(tracker.survey().servers().get(0).skipped() > 90_000);
    store(one, "true");
    Optional<KeyIndex> index = Optional.empty();
    while (index.isEmpty() || !has(index.get(), "true")) {
      scheduler.advance(SECOND);
      index = attempt(tracker);
    }
    assertEquals(1, count(tracker.index()));
  }

  private static Optional<KeyIndex> attempt(KeyTracker tracker) {
    try {
      return Optional.of(tracker.index());
    } catch (StoreUnavailable full) {
      return Optional.empty();
    }
  }

  @Test
  void expiredKeysAreRemovedWithoutAWalk() {
    KeyTracker tracker = started(one);
    TrackedCache tracked = new TrackedCache(one, tracker, clock);
    tracked.store(CacheKey.of("short"), CacheValue.ofText("v"), Lifetime.ofSeconds(5));
    assertEquals(1, countExpiredToo(tracker));
    scheduler.advance(Duration.ofSeconds(7));
    assertEquals(0, countExpiredToo(tracker));
  }

  private static long countExpiredToo(KeyTracker tracker) {
    return tracker
        .live()
        .snapshot(Instant.EPOCH, List.of())
        .sum(KeyRange.ALL, Instant.EPOCH)
        .keys();
  }
}
