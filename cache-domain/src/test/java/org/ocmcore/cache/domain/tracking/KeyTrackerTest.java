package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.tracking.KeyTracker.Survey;

class KeyTrackerTest extends KeyTrackerFixture {
  // Not started: it walks when it is asked.

  @Test
  void itFindsTheKeysOfAllServers() {
    storeMany(cache, 100);
    KeyIndex index = tracker(cache, Runnable::run).index();
    assertEquals(100, count(index));
    assertEquals(clock.instant(), index.asOf());
    assertTrue(index.isComplete());
  }

  @Test
  void unstartedTrackerWalksForEachQuestion() {
    KeyTracker tracker = tracker(cache, threads);
    assertEquals(0, count(tracker.index()));
    store(cache, "k");
    assertEquals(1, count(tracker.index()));
  }

  @Test
  void callersDuringAWalkShareTheNextOne() throws Exception {
    AtomicInteger walks = new AtomicInteger();
    CountDownLatch walking = new CountDownLatch(1);
    Semaphore permits = new Semaphore(0);
    one.beforeEach(operation -> {
      if (operation.equals("walk")) {
        walks.incrementAndGet();
        walking.countDown();
        permits.acquireUninterruptibly();
      }
    });
    KeyTracker tracker = tracker(one, threads);
    Future<KeyIndex> first = threads.submit(() -> tracker.fresh());
    walking.await();
    List<Thread> callers = new ArrayList<>();
    List<Future<KeyIndex>> later = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      store(one, "k" + i);
      CountDownLatch began = new CountDownLatch(1);
      later.add(threads.submit(() -> {
        synchronized (callers) {
          callers.add(Thread.currentThread());
        }
        began.countDown();
        return tracker.fresh();
      }));
      began.await();
    }
    awaitUntilAllWait(callers);
    assertEquals(1, walks.get());
    permits.release(100);
    first.get();
    for (Future<KeyIndex> answer : later) {
      assertEquals(10, count(answer.get()));
    }
    assertEquals(2, walks.get());
  }

  private static void awaitUntilAllWait(List<Thread> threads) {
    while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void concurrentCallersSeeTheirOwnWrites() throws Exception {
    KeyTracker tracker = tracker(cache, threads);
    List<Future<Boolean>> answers = new ArrayList<>();
    for (int caller = 0; caller < 8; caller++) {
      String name = "asker" + caller + ":";
      answers.add(threads.submit(() -> {
        boolean all = true;
        for (int i = 0; i < 50; i++) {
          store(cache, name + i);
          all &= has(tracker.fresh(), name + i);
        }
        return all;
      }));
    }
    for (Future<Boolean> answer : answers) {
      assertTrue(answer.get());
    }
  }

  @Test
  void surveyReportsADownServer() {
    storeMany(cache, 100);
    cache.takeDown("b:1");
    KeyTracker tracker = tracker(cache, Runnable::run);
    Survey survey = tracker.survey();
    assertEquals("b:1", survey.failures().get(0).server());
    assertEquals(100 - cache.keysOn("b:1").size(), count(survey.index()));
    assertEquals("b:1", assertThrows(StoreUnavailable.class, tracker::index).server());
    cache.bringBack("b:1");
    assertEquals(100, count(tracker.index()));
  }

  @Test
  void keysOfOneServerNeedNoOther() {
    storeMany(cache, 100);
    cache.takeDown("b:1");
    KeyTracker tracker = tracker(cache, Runnable::run);
    assertEquals(cache.keysOn("a:1").size(), count(tracker.index(Optional.of("a:1"), () -> {})));
    assertTrue(tracker.fresh(Optional.of("a:1"), () -> {}).isComplete());
    assertTrue(tracker.reliable(Optional.of("c:1"), () -> {}).isComplete());
    assertThrows(StoreUnavailable.class, () -> tracker.fresh(Optional.of("b:1"), () -> {}));
  }

  @Test
  void laterWalksWorkAfterAnUnexpectedFailure() {
    one.beforeEach(operation -> {
      if (operation.equals("walk")) {
        throw new IllegalStateException("a fault in the adapter");
      }
    });
    KeyTracker tracker = tracker(one, Runnable::run);
    for (int i = 0; i < 3; i++) {
      assertEquals(
          "a fault in the adapter",
          assertThrows(IllegalStateException.class, tracker::index).getMessage());
    }
    assertEquals(Collections.nCopies(3, "a:1 broken: a fault in the adapter"), events.lines());
    one.beforeEach(operation -> {});
    assertTrue(tracker.index().isComplete());
  }

  @Test
  void walkWithoutMemoryEndsAndLaterWalksWork() {
    one.beforeEach(operation -> {
      if (operation.equals("walk")) {
        throw new OutOfMemoryError("Java heap space");
      }
    });
    KeyTracker tracker = tracker(one, Runnable::run);
    assertEquals(
        "Java heap space",
        assertThrows(IllegalStateException.class, tracker::index).getCause().getMessage());
    one.beforeEach(operation -> {});
    assertTrue(tracker.index().isComplete());
  }

  @Test
  void patienceGrowsAfterTheFirstWalk() throws Exception {
    TrackingPolicy impatient = new TrackingPolicy(SECOND, 10_000, Duration.ofMillis(300));
    CountDownLatch walking = new CountDownLatch(1);
    Semaphore permits = new Semaphore(0);
    one.beforeEach(operation -> {
      if (operation.equals("walk")) {
        walking.countDown();
        permits.acquireUninterruptibly();
        clock.advance(SECOND);
      }
    });
    KeyTracker tracker = new KeyTracker(one, one, threads, scheduler, clock, impatient, events);
    trackers.add(tracker);
    Future<KeyIndex> first = threads.submit(() -> tracker.fresh());
    walking.await();
    permits.release(3);
    first.get(10, TimeUnit.SECONDS);
    tracker.fresh();
    Future<KeyIndex> third = threads.submit(() -> tracker.fresh());
    assertThrows(TimeoutException.class, () -> third.get(600, TimeUnit.MILLISECONDS));
    while (!third.isDone()) {
      scheduler.advance(SECOND);
    }
    assertTrue(third.get().isComplete());
  }

  @Test
  void rejectedWalkFailsAndLaterWalksWork() {
    AtomicBoolean full = new AtomicBoolean(true);
    KeyTracker tracker = tracker(cache, work -> {
      if (full.get()) {
        throw new RejectedExecutionException("the queue is full");
      }
      work.run();
    });
    for (int i = 0; i < 3; i++) {
      assertThrows(StoreUnavailable.class, tracker::index);
    }
    full.set(false);
    assertTrue(tracker.index().isComplete());
  }
}
