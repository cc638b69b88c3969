package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.testing.FakeCache;
import org.ocmcore.cache.domain.testing.MutableClock;

/** A tracker that is stuck would hang its askers, so each test has a thread that may be left. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeyTrackerTest {
  private static final CacheKey KEY = CacheKey.of("k");

  private final MutableClock clock = new MutableClock();
  private final FakeCache cache = new FakeCache(clock, "a:1", "b:1", "c:1");
  private final ExecutorService askers = Executors.newCachedThreadPool();
  private final ExecutorService walkers = Executors.newCachedThreadPool();
  private final AtomicInteger walks = new AtomicInteger();
  private final KeyTracker tracker = new KeyTracker(cache, cache, walkers, clock);

  @AfterEach
  void stopThreads() {
    askers.shutdownNow();
    walkers.shutdownNow();
  }

  private void store(String key) {
    cache.store(CacheKey.of(key), CacheValue.ofText("v"), Lifetime.FOREVER);
  }

  private void beforeEachWalk(Runnable work) {
    cache.beforeEach(operation -> {
      if (operation.equals("walk")) {
        work.run();
      }
    });
  }

  @Test
  void itFindsTheKeysOfAllServers() {
    for (int i = 0; i < 100; i++) {
      store("k" + i);
    }
    KeyIndex index = tracker.index();
    assertEquals(100, index.keys().size());
    assertEquals(clock.instant(), index.asOf());
    assertTrue(index.isComplete());
  }

  @Test
  void everyQuestionIsAnsweredAnew() {
    assertEquals(0, tracker.index().keys().size());
    store("k");
    assertEquals(1, tracker.index().keys().size());
  }

  @Test
  void whoeverAsksDuringAWalkSharesTheNextOneAndNoAnswerIsOlderThanItsQuestion() throws Exception {
    FakeCache one = new FakeCache(clock, "a:1");
    KeyTracker trackerOfOne = new KeyTracker(one, one, walkers, clock);
    CountDownLatch walking = new CountDownLatch(1);
    Semaphore permits = new Semaphore(0);
    one.beforeEach(operation -> {
      if (operation.equals("walk")) {
        walks.incrementAndGet();
        walking.countDown();
        permits.acquireUninterruptibly();
      }
    });
    Future<KeyIndex> first = askers.submit((Callable<KeyIndex>) trackerOfOne::index);
    walking.await();
    List<Thread> threads = new ArrayList<>();
    List<Future<KeyIndex>> later = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      one.store(CacheKey.of("k" + i), CacheValue.ofText("v"), Lifetime.FOREVER);
      CountDownLatch started = new CountDownLatch(1);
      later.add(askers.submit(() -> {
        synchronized (threads) {
          threads.add(Thread.currentThread());
        }
        started.countDown();
        return trackerOfOne.index();
      }));
      started.await();
    }
    awaitUntilAllWait(threads);
    assertEquals(1, walks.get());
    permits.release(100);
    first.get();
    for (Future<KeyIndex> answer : later) {
      assertEquals(10, answer.get().keys().size());
      assertSame(later.get(0).get(), answer.get());
    }
    assertEquals(2, walks.get());
  }

  private static void awaitUntilAllWait(List<Thread> threads) {
    while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void manyAskersAtOnceAllSeeWhatTheyWroteBefore() throws Exception {
    List<Future<Boolean>> answers = new ArrayList<>();
    for (int asker = 0; asker < 8; asker++) {
      String name = "asker" + asker + ":";
      answers.add(askers.submit(() -> {
        boolean all = true;
        for (int i = 0; i < 50; i++) {
          store(name + i);
          all &= tracker.index().find(CacheKey.of(name + i)).isPresent();
        }
        return all;
      }));
    }
    for (Future<Boolean> answer : answers) {
      assertTrue(answer.get());
    }
  }

  @Test
  void withoutAServerThereIsNoIndexButASurveyThatSaysSo() {
    for (int i = 0; i < 100; i++) {
      store("k" + i);
    }
    cache.takeDown("b:1");
    KeyIndex survey = tracker.survey();
    assertFalse(survey.isComplete());
    assertEquals(100 - cache.keysOn("b:1").size(), survey.keys().size());
    assertEquals("b:1", survey.failures().get(0).server());
    assertEquals("b:1", assertThrows(StoreUnavailable.class, tracker::index).server());
    cache.bringBack("b:1");
    assertEquals(100, tracker.index().keys().size());
  }

  @Test
  void anOlderIndexServesWhoeverIsContentWithIt() {
    beforeEachWalk(walks::incrementAndGet);
    KeyIndex first = tracker.index(Duration.ofSeconds(10));
    clock.advance(Duration.ofSeconds(10));
    assertSame(first, tracker.index(Duration.ofSeconds(10)));
    assertSame(first, tracker.index(Duration.ofSeconds(Long.MAX_VALUE)));
    assertEquals(3, walks.get());
    clock.advance(Duration.ofSeconds(1));
    assertNotSame(first, tracker.index(Duration.ofSeconds(10)));
    assertEquals(6, walks.get());
  }

  @Test
  void theAgeOfAnIndexCountsFromTheEndOfItsWalk() {
    beforeEachWalk(() -> clock.advance(Duration.ofMinutes(1)));
    KeyIndex first = tracker.index();
    clock.advance(Duration.ofSeconds(10));
    assertSame(first, tracker.index(Duration.ofSeconds(10)));
    clock.advance(Duration.ofSeconds(1));
    assertNotSame(first, tracker.index(Duration.ofSeconds(10)));
  }

  @Test
  void anIndexFromTheFutureIsNotServedWhenTheClockWasSetBack() {
    KeyIndex first = tracker.index();
    clock.advance(Duration.ofHours(-1));
    assertNotSame(first, tracker.index(Duration.ofSeconds(10)));
  }

  @Test
  void aSurveyThatLacksAServerIsNotServedAsAnIndex() {
    KeyIndex complete = tracker.index();
    cache.takeDown("b:1");
    clock.advance(Duration.ofSeconds(5));
    tracker.survey();
    assertSame(complete, tracker.index(Duration.ofSeconds(10)));
    clock.advance(Duration.ofSeconds(6));
    assertThrows(StoreUnavailable.class, () -> tracker.index(Duration.ofSeconds(10)));
  }

  @Test
  void aFailureThatIsNoServersReachesTheAskersAndLaterWalksGoOn() {
    beforeEachWalk(() -> {
      throw new IllegalStateException("a fault in the adapter");
    });
    for (int i = 0; i < 3; i++) {
      assertEquals(
          "a fault in the adapter",
          assertThrows(IllegalStateException.class, tracker::index).getMessage());
    }
    cache.beforeEach(operation -> {});
    assertTrue(tracker.index().isComplete());
  }

  @Test
  void aFailureLeavesTheIndexThatWasThereBefore() {
    KeyIndex complete = tracker.index();
    beforeEachWalk(() -> {
      throw new IllegalStateException("a fault in the adapter");
    });
    assertThrows(IllegalStateException.class, tracker::index);
    assertSame(complete, tracker.index(Duration.ofSeconds(10)));
  }

  @Test
  void anExecutorThatRefusesReachesTheAskersAndLaterWalksGoOn() {
    AtomicInteger left = new AtomicInteger(1);
    Executor sparing = work -> {
      if (left.getAndDecrement() <= 0) {
        throw new RejectedExecutionException("the queue is full");
      }
      walkers.execute(work);
    };
    KeyTracker spared = new KeyTracker(cache, cache, sparing, clock);
    for (int i = 0; i < 3; i++) {
      assertThrows(RejectedExecutionException.class, spared::index);
    }
    left.set(1_000);
    assertTrue(spared.index().isComplete());
  }

  @Test
  void aRefusalOfTheNextWalkReachesThoseWhoWaitForIt() throws Exception {
    CountDownLatch walking = new CountDownLatch(3);
    CountDownLatch released = new CountDownLatch(1);
    beforeEachWalk(() -> {
      walking.countDown();
      await(released);
    });
    Future<KeyIndex> first = askers.submit((Callable<KeyIndex>) tracker::index);
    walking.await();
    List<Thread> threads = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(1);
    Future<KeyIndex> second = askers.submit(() -> {
      threads.add(Thread.currentThread());
      started.countDown();
      return tracker.index();
    });
    started.await();
    awaitUntilAllWait(threads);
    walkers.shutdown();
    released.countDown();
    assertTrue(first.get().isComplete());
    ExecutionException refusal =
        assertThrows(ExecutionException.class, () -> second.get(5, TimeUnit.SECONDS));
    assertEquals(RejectedExecutionException.class, refusal.getCause().getClass());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void oneThreadIsEnoughForAnyNumberOfServers() throws Exception {
    ExecutorService single = Executors.newSingleThreadExecutor();
    try {
      KeyTracker narrow = new KeyTracker(cache, cache, single, clock);
      store("k");
      List<Future<KeyIndex>> answers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        answers.add(askers.submit((Callable<KeyIndex>) narrow::index));
      }
      for (Future<KeyIndex> answer : answers) {
        assertTrue(answer.get(10, TimeUnit.SECONDS).find(KEY).isPresent());
      }
    } finally {
      single.shutdownNow();
    }
  }

  @Test
  void theAskersOwnThreadMayWalkToo() {
    KeyTracker direct = new KeyTracker(cache, cache, Runnable::run, clock);
    store("k");
    assertTrue(direct.index().find(KEY).isPresent());
    assertTrue(direct.index().find(KEY).isPresent());
  }
}
