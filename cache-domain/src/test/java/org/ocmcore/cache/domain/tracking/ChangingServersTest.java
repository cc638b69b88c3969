package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.testing.FakeCache;

/** Servers join and leave while they are tracked. */
class ChangingServersTest extends KeyTrackerFixture {
  private static final List<String> GAP =
      List.of("d:1: it has joined the cache, and its keys are missing until it is walked");

  private void put(String server, String key) {
    cache.put(server, new CacheEntry(CacheKey.of(key), CacheValue.ofText("v"), Expiry.NEVER));
  }

  @Test
  void joinedServerIsWalkedAndItsKeysListed() {
    KeyTracker tracker = started(cache);
    put("a:1", "first");
    tracker.fresh();
    cache.join("d:1");
    put("d:1", "second");
    KeyIndex index = tracker.index();
    assertTrue(has(index, "first") && has(index, "second"));
    assertTrue(index.isComplete());
    assertEquals(List.of("a:1", "b:1", "c:1", "d:1"), index.servers());
    assertEquals(index.servers(), tracker.servers());
    assertEquals("d:1", tracker.survey().servers().get(3).server());
    assertEquals(1, tracker.survey().servers().get(3).keys());
  }

  @Test
  void joinedServerIsFoundWithoutARequest() {
    started(cache);
    cache.join("d:1");
    scheduler.advance(SECOND);
    assertTrue(events.lines().stream().anyMatch(line -> line.startsWith("d:1 ")), events::toString);
  }

  @Test
  void keysOfAServerThatLeftAreRemoved() {
    KeyTracker tracker = started(cache);
    put("a:1", "stays");
    put("b:1", "goes");
    put("c:1", "stays-too");
    put("a:1", "copy");
    put("b:1", "copy");
    tracker.fresh();
    cache.leave("b:1");
    KeyIndex index = tracker.index();
    assertEquals(3, count(index));
    assertFalse(has(index, "goes"));
    assertEquals(List.of("a:1", "c:1"), index.servers());
    assertEquals(
        "a:1", index.find(CacheKey.of("copy"), clock.instant()).orElseThrow().server());
    assertEquals(
        "c:1",
        index.find(CacheKey.of("stays-too"), clock.instant()).orElseThrow().server());
    assertTrue(index.isComplete());
    assertEquals(2, tracker.survey().servers().size());
  }

  @Test
  void serverThatComesBackIsTrackedAnew() {
    KeyTracker tracker = started(cache);
    put("b:1", "old");
    tracker.fresh();
    cache.leave("b:1");
    tracker.index();
    cache.join("b:1");
    put("b:1", "new");
    KeyIndex index = tracker.index();
    assertTrue(has(index, "new"));
    assertFalse(has(index, "old"));
    new TrackedCache(cache, tracker, clock).refresh(CacheKey.of("new"), Lifetime.FOREVER);
  }

  @Test
  void joinedServerOutOfReachIsAGap() {
    KeyTracker tracker = started(cache);
    put("a:1", "first");
    tracker.fresh();
    cache.join("d:1");
    cache.takeDown("d:1");
    KeyIndex index = tracker.index();
    assertTrue(has(index, "first"));
    assertEquals(GAP, index.gaps());
    assertEquals(GAP, tracker.survey().index().gaps());
    assertEquals(List.of(), tracker.survey().failures());
    assertThrows(StoreUnavailable.class, () -> tracker.index(Optional.of("d:1"), () -> {}));
    assertThrows(StoreUnavailable.class, tracker::reliable);
    cache.bringBack("d:1");
    scheduler.advance(Duration.ofSeconds(5));
    assertTrue(tracker.index().isComplete());
  }

  @Test
  void longFirstWalkIsAGapWhenPatienceEnds() throws Exception {
    KeyTracker tracker = tracker(cache, threads);
    tracker.start();
    tracker.index();
    CountDownLatch walked = new CountDownLatch(1);
    cache.join("d:1");
    cache.beforeEach(operation -> {
      if (operation.equals("walk")) {
        awaitUninterruptibly(walked);
      }
    });
    tracker.servers();
    clock.advance(TrackingPolicy.DEFAULT.patience());
    assertEquals(GAP, tracker.index().gaps());
    walked.countDown();
    while (!tracker.index().isComplete()) {
      Thread.onSpinWait();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void firstServersAreWaitedForAsAfterARestart() {
    FakeCache unknown = new FakeCache(clock, "name:1");
    unknown.takeDown("name:1");
    KeyTracker tracker = started(unknown);
    unknown.join("name:1 (10.0.0.1)");
    unknown.takeDown("name:1 (10.0.0.1)");
    unknown.leave("name:1");
    assertThrows(StoreUnavailable.class, tracker::index);
  }

  @Test
  void walkOfAServerThatLeftFails() {
    KeyTracker tracker = tracker(cache, threads);
    tracker.start();
    CountDownLatch walking = new CountDownLatch(1);
    CountDownLatch hasLeft = new CountDownLatch(1);
    tracker.fresh();
    cache.beforeEach(operation -> {
      if (operation.equals("walk")) {
        walking.countDown();
        awaitUninterruptibly(hasLeft);
      }
    });
    var answer = threads.submit(() -> tracker.fresh(Optional.of("b:1"), () -> {}));
    awaitUninterruptibly(walking);
    cache.leave("b:1");
    tracker.servers();
    hasLeft.countDown();
    ExecutionException failure = assertThrows(ExecutionException.class, answer::get);
    assertTrue(failure.getCause() instanceof StoreUnavailable, failure.toString());
  }

  @Test
  void ownWriteOnANewServerIsIgnoredUntilItsWalk() {
    KeyTracker tracker = started(cache);
    TrackedCache tracked = new TrackedCache(cache, tracker, clock);
    cache.join("d:1");
    for (int i = 0; i < 20; i++) {
      tracked.store(CacheKey.of("k" + i), CacheValue.ofText("v"), Lifetime.FOREVER);
    }
    assertEquals(20, count(tracker.index()));
  }
}
