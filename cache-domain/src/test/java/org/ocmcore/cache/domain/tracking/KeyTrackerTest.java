package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.Scheduler;
import org.ocmcore.cache.domain.testing.FakeCache;
import org.ocmcore.cache.domain.testing.ManualScheduler;
import org.ocmcore.cache.domain.testing.MutableClock;
import org.ocmcore.cache.domain.testing.RecordedTracking;
import org.ocmcore.cache.domain.tracking.KeyTracker.Survey;
import org.ocmcore.cache.domain.tracking.ServerTracking.Mode;

/** A tracker that is stuck would hang its askers, so each test has a thread that may be left. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeyTrackerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final MutableClock clock = new MutableClock();
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final FakeCache cache = new FakeCache(clock, "a:1", "b:1", "c:1");
  private final FakeCache one = new FakeCache(clock, "a:1");
  private final RecordedTracking told = new RecordedTracking();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<KeyTracker> trackers = new ArrayList<>();

  @AfterEach
  void stop() {
    trackers.forEach(KeyTracker::close);
    threads.shutdownNow();
  }

  private KeyTracker tracker(FakeCache tracked, Executor executor) {
    KeyTracker tracker =
        new KeyTracker(tracked, tracked, executor, scheduler, clock, TrackingPolicy.DEFAULT, told);
    trackers.add(tracker);
    return tracker;
  }

  /** All it does it does on the thread that asks or moves the clock. */
  private KeyTracker started(FakeCache tracked) {
    KeyTracker tracker = tracker(tracked, Runnable::run);
    tracker.start();
    return tracker;
  }

  /** All it does it does on threads of its own. */
  private KeyTracker following(FakeCache tracked) {
    tracked.offerFeed();
    KeyTracker tracker = tracker(tracked, threads);
    tracker.start();
    return tracker;
  }

  private static void store(FakeCache into, String key) {
    into.store(CacheKey.of(key), CacheValue.ofText("v"), Lifetime.FOREVER);
  }

  private static void storeMany(FakeCache into, int count) {
    for (int i = 0; i < count; i++) {
      store(into, "k" + i);
    }
  }

  private long count(KeyIndex index) {
    return index.sum(KeyRange.ALL, clock.instant()).keys();
  }

  private boolean has(KeyIndex index, String key) {
    return index.find(CacheKey.of(key), clock.instant()).isPresent();
  }

  private static AtomicInteger countWalks(FakeCache of) {
    AtomicInteger walks = new AtomicInteger();
    of.beforeEach(operation -> {
      if (operation.equals("walk")) {
        walks.incrementAndGet();
      }
    });
    return walks;
  }

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
    Future<KeyIndex> first = threads.submit(tracker::fresh);
    walking.await();
    List<Thread> askers = new ArrayList<>();
    List<Future<KeyIndex>> later = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      store(one, "k" + i);
      CountDownLatch began = new CountDownLatch(1);
      later.add(threads.submit(() -> {
        synchronized (askers) {
          askers.add(Thread.currentThread());
        }
        began.countDown();
        return tracker.fresh();
      }));
      began.await();
    }
    awaitUntilAllWait(askers);
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
    for (int asker = 0; asker < 8; asker++) {
      String name = "asker" + asker + ":";
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
    assertEquals(Collections.nCopies(3, "a:1 broken: a fault in the adapter"), told.lines());
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
    KeyTracker tracker = new KeyTracker(one, one, threads, scheduler, clock, impatient, told);
    trackers.add(tracker);
    Future<KeyIndex> first = threads.submit(tracker::fresh);
    walking.await();
    Future<KeyIndex> second = threads.submit(tracker::fresh);
    permits.release(2);
    first.get(10, TimeUnit.SECONDS);
    assertThrows(TimeoutException.class, () -> second.get(600, TimeUnit.MILLISECONDS));
    while (!second.isDone()) {
      scheduler.advance(SECOND);
    }
    assertTrue(second.get().isComplete());
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
      assertThrows(RejectedExecutionException.class, tracker::index);
    }
    full.set(false);
    assertTrue(tracker.index().isComplete());
  }

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
  void serverRestsAsLongAsItsWalk() {
    storeMany(one, 10);
    one.beforeEach(operation -> {
      if (operation.equals("walk")) {
        clock.advance(Duration.ofSeconds(5));
      }
    });
    KeyTracker tracker = tracker(one, Runnable::run);
    tracker.fresh();
    AtomicInteger walks = countWalks(one);
    Future<KeyIndex> second = threads.submit(tracker::fresh);
    while (scheduler.due().isEmpty()) {
      Thread.onSpinWait();
    }
    assertEquals(0, walks.get());
    assertEquals(List.of(clock.instant().plusSeconds(5)), scheduler.due());
    scheduler.advance(Duration.ofSeconds(5));
    assertEquals(1, walks.get());
    assertTrue(second.isDone() || await(second) != null);
  }

  private static KeyIndex await(Future<KeyIndex> answer) {
    try {
      return answer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
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

  @Test
  void restartedServerIsWalkedFirst() {
    storeMany(one, 10);
    KeyTracker tracker = started(one);
    scheduler.advance(Duration.ofSeconds(5));
    one.restart("a:1");
    store(one, "new");
    scheduler.advance(SECOND);
    assertEquals(1, count(tracker.index()));
    assertTrue(told.lines().contains("a:1 at once: it was restarted"));
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
    assertTrue(told.lines().contains("a:1 at once: it was restarted"));
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

  private KeyTracker started(FakeCache tracked, Executor executor, Scheduler timer) {
    KeyTracker tracker =
        new KeyTracker(tracked, tracked, executor, timer, clock, TrackingPolicy.DEFAULT, told);
    trackers.add(tracker);
    tracker.start();
    return tracker;
  }

  @Test
  void flushedServerIsWalkedAtOnce() {
    storeMany(one, 10);
    KeyTracker tracker = started(one);
    one.clear();
    scheduler.advance(SECOND);
    assertEquals(0, count(tracker.index()));
    assertTrue(told.lines().contains("a:1 at once: it was flushed"));
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
        List.of("a:1: only keys written here or told by its feed are known,"
            + " since it cannot be walked: it does not allow that"),
        tracker.index().gaps());
  }

  private KeyTracker unwalkable() {
    one.refuseWalks("a:1");
    KeyTracker tracker = started(one);
    TrackedCache tracked = new TrackedCache(one, tracker, clock);
    for (int i = 0; i < 10; i++) {
      tracked.store(CacheKey.of("own:" + i), CacheValue.ofText("v"), Lifetime.FOREVER);
    }
    scheduler.advance(SECOND);
    assertEquals(10, count(tracker.index()));
    return tracker;
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
    assertTrue(told.lines().contains("a:1 at once: its statistics were reset"));
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
    assertFalse(told.lines().contains("b:1 at once: it was flushed"));
    assertTrue(told.lines().contains("a:1 at once: it was flushed"));
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
    assertTrue(
        told.lines().contains("a:1 at once: its feed reported late, and may have missed changes"));
    assertFalse(told.lines().contains(SILENT));
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
      assertFalse(told.lines().contains("a:1 at once: it was flushed"), moment);
    }
    // And who else flushes is still noticed.
    one.beforeEach(operation -> {});
    one.clear();
    scheduler.advance(SECOND);
    assertEquals(0, count(tracker.index()));
  }

  private static void store(TrackedCache cache) {
    cache.store(CacheKey.of("new"), CacheValue.ofText("v"), Lifetime.FOREVER);
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

  @Test
  void fullIndexFailsWithAReason() {
    storeMany(one, 1_000);
    KeyTracker tracker = new KeyTracker(
        one,
        one,
        Runnable::run,
        scheduler,
        clock,
        new TrackingPolicy(SECOND, 10_000, SECOND),
        told);
    trackers.add(tracker);
    tracker.start();
    String reason = assertThrows(StoreUnavailable.class, tracker::index).reason();
    assertTrue(reason.startsWith("the index is full: 1,000 keys"), reason);
    assertTrue(reason.contains("-Xmx"), reason);
  }

  @Test
  void fullIndexSkipsFeedChanges() throws Exception {
    one.offerFeed();
    KeyTracker tracker = new KeyTracker(
        one, one, threads, scheduler, clock, new TrackingPolicy(SECOND, 10_000, SECOND), told);
    trackers.add(tracker);
    tracker.start();
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

  @Test
  void theStateOfEachServerIsTold() {
    storeMany(cache, 100);
    KeyTracker tracker = started(cache);
    Instant begin = clock.instant();
    scheduler.advance(Duration.ofSeconds(3));
    List<ServerTracking> servers = tracker.survey().servers();
    assertEquals(cache.servers(), servers.stream().map(ServerTracking::server).toList());
    for (ServerTracking server : servers) {
      long keys = cache.keysOn(server.server()).size();
      assertEquals(Mode.WALK, server.mode());
      assertEquals(keys, server.keys());
      assertEquals(
          Optional.of(new ServerTracking.Walk(begin, Duration.ZERO, keys)), server.lastWalk());
    }
    assertEquals(begin, tracker.index().asOf());
  }

  // Feeds.

  private void awaitLine(String line) {
    while (!told.lines().contains(line)) {
      Thread.onSpinWait();
    }
  }

  private static KeyInfo info(String key) {
    return new KeyInfo(CacheKey.of(key), Expiry.NEVER, 60, KeyInfo.UNKNOWN, false, "a:1");
  }

  @Test
  void reportedChangesAreKnownAfterCatchingUp() throws Exception {
    KeyTracker tracker = following(one);
    ChangeListener feed = one.listener("a:1");
    awaitLine("a:1 by feed and walk");
    tracker.fresh();
    feed.stored(info("new"), clock.instant());
    feed.caughtUp();
    assertTrue(has(tracker.index(), "new"));
    feed.removed(CacheKey.of("new"), clock.instant());
    feed.caughtUp();
    assertFalse(has(tracker.index(), "new"));
  }

  @Test
  void liveFeedMakesWalksUnnecessary() throws Exception {
    KeyTracker tracker = following(one);
    one.listener("a:1");
    awaitLine("a:1 by feed and walk");
    tracker.fresh();
    AtomicInteger walks = countWalks(one);
    tracker.reliable();
    assertEquals(0, walks.get());
    one.endFeed("a:1");
    // The line for it may be there from the time before the feed began.
    while (tracker.survey().servers().get(0).mode() != ServerTracking.Mode.WALK) {
      Thread.onSpinWait();
    }
    tracker.reliable();
    assertEquals(1, walks.get());
  }

  @Test
  void changesThatWereLeftOutCauseAWalk() throws Exception {
    KeyTracker tracker = following(one);
    ChangeListener feed = one.listener("a:1");
    awaitLine("a:1 by feed and walk");
    tracker.fresh();
    store(one, "unseen");
    feed.skipped(7);
    awaitLine("a:1 at once: its feed has left out 7 changes");
    while (!has(tracker.index(), "unseen")) {
      Thread.onSpinWait();
    }
    assertEquals(7, tracker.survey().servers().get(0).skipped());
  }

  @Test
  void gapMakesReliableReadsWait() throws Exception {
    KeyTracker tracker = following(one);
    ChangeListener feed = one.listener("a:1");
    awaitLine("a:1 by feed and walk");
    tracker.fresh();
    Semaphore walks = new Semaphore(0);
    one.beforeEach(operation -> {
      if (operation.equals("walk")) {
        walks.acquireUninterruptibly();
      }
    });
    store(one, "unseen");
    feed.skipped(1);
    Future<KeyIndex> reliable = threads.submit(tracker::reliable);
    assertThrows(TimeoutException.class, () -> reliable.get(50, TimeUnit.MILLISECONDS));
    walks.release(10);
    assertTrue(has(reliable.get(), "unseen"));
  }

  private static final String SILENT =
      "a:1 at once: its feed is silent, and the server counts changes that it should report";

  /** The thread that moves the clock looks after the server; walks and the feed have others. */
  private KeyTracker beating(FakeCache tracked) {
    ThreadLocal<Boolean> looks = ThreadLocal.withInitial(() -> false);
    tracked.offerFeed();
    KeyTracker tracker = tracker(tracked, task -> {
      if (looks.get()) {
        threads.execute(task);
        return;
      }
      looks.set(true);
      try {
        task.run();
      } finally {
        looks.set(false);
      }
    });
    tracker.start();
    return tracker;
  }

  private ChangeListener followed(KeyTracker tracker) throws InterruptedException {
    ChangeListener feed = one.listener("a:1");
    feed.caughtUp();
    awaitLine("a:1 by feed and walk");
    tracker.fresh();
    scheduler.advance(SECOND);
    return feed;
  }

  @Test
  void silentFeedIsNotBelieved() throws Exception {
    KeyTracker tracker = beating(one);
    followed(tracker);
    store(one, "unseen");
    scheduler.advance(SECOND);
    // It is not certain yet that the feed is dead, but nobody relies on it.
    assertTrue(has(tracker.reliable(), "unseen"));
    assertFalse(told.lines().contains(SILENT));
    scheduler.advance(Duration.ofSeconds(3));
    assertTrue(told.lines().contains(SILENT));
  }

  @Test
  void deadFeedMakesAnswersIncompleteUntilTheWalk() throws Exception {
    KeyTracker tracker = beating(one);
    followed(tracker);
    Semaphore walks = new Semaphore(0);
    one.beforeEach(operation -> {
      if (operation.equals("walk")) {
        walks.acquireUninterruptibly();
      }
    });
    store(one, "unseen");
    scheduler.advance(Duration.ofSeconds(4));
    assertFalse(has(tracker.index(), "unseen"));
    assertEquals(
        List.of("a:1: what others changed lately may be missing until it is walked,"
            + " since its feed went silent"),
        tracker.index().gaps());
    walks.release(1_000);
    while (!tracker.index().isComplete()) {
      Thread.onSpinWait();
    }
    assertTrue(has(tracker.index(), "unseen"));
  }

  @Test
  void aFeedThatReportsLateIsBelieved() throws Exception {
    KeyTracker tracker = beating(one);
    ChangeListener feed = followed(tracker);
    for (int i = 0; i < 10; i++) {
      store(one, "k" + i);
      scheduler.advance(Duration.ofSeconds(2));
      feed.counted(ChangeListener.Kind.MUTATIONS);
      feed.stored(info("k" + i), clock.instant());
      feed.caughtUp();
      scheduler.advance(Duration.ofSeconds(5));
    }
    assertFalse(told.lines().contains(SILENT));
    assertEquals(Mode.FEED_AND_WALK, tracker.survey().servers().get(0).mode());
  }

  @Test
  void feedDyingUnderLoadIsNotBelieved() throws Exception {
    KeyTracker tracker = beating(one);
    ChangeListener feed = followed(tracker);
    store(one, "told");
    store(one, "unseen");
    feed.counted(ChangeListener.Kind.MUTATIONS);
    feed.stored(info("told"), clock.instant());
    feed.caughtUp();
    scheduler.advance(SECOND);
    scheduler.advance(SECOND);
    assertTrue(has(tracker.reliable(), "unseen"));
    scheduler.advance(Duration.ofSeconds(2));
    assertTrue(told.lines().contains(SILENT));
  }

  @Test
  void whileAFeedOwesReportsAnswersAreIncomplete() throws Exception {
    KeyTracker tracker = beating(one);
    ChangeListener feed = followed(tracker);
    store(one, "late");
    scheduler.advance(SECOND);
    assertTrue(tracker.index().isComplete());
    scheduler.advance(Duration.ofSeconds(2));
    assertFalse(tracker.index().isComplete());
    feed.counted(ChangeListener.Kind.MUTATIONS);
    feed.stored(info("late"), clock.instant());
    feed.caughtUp();
    scheduler.advance(SECOND);
    // The reports came late, so a walk makes sure.
    while (!tracker.index().isComplete()) {
      Thread.onSpinWait();
    }
    assertFalse(told.lines().contains(SILENT));
  }

  @Test
  void storesBeforeAFeedRaiseNoDoubt() throws Exception {
    store(one, "before");
    KeyTracker tracker = beating(one);
    followed(tracker);
    scheduler.advance(Duration.ofSeconds(10));
    assertFalse(told.lines().contains(SILENT));
    assertTrue(tracker.index().isComplete());
  }

  @Test
  void feedWithoutStoresIsNotReliable() throws Exception {
    one.feedOnly(Set.of(ChangeListener.Kind.EVICTIONS), "it could crash");
    KeyTracker tracker = following(one);
    one.listener("a:1");
    awaitLine("a:1 withheld: it could crash");
    tracker.fresh();
    store(one, "unseen");
    assertTrue(has(tracker.reliable(), "unseen"));
    ServerTracking tracking = tracker.survey().servers().get(0);
    assertEquals(Mode.WALK, tracking.mode());
    assertEquals(Optional.of("it could crash"), tracking.withheld());
    assertEquals(
        Set.of(ChangeListener.Kind.EVICTIONS), tracking.feed().orElseThrow().kinds());
  }

  @Test
  void theLagOfAFeedIsTold() throws Exception {
    KeyTracker tracker = following(one);
    ChangeListener feed = one.listener("a:1");
    awaitLine("a:1 by feed and walk");
    feed.stored(info("new"), clock.instant().minusMillis(250));
    feed.caughtUp();
    assertEquals(
        Duration.ofMillis(250),
        tracker.survey().servers().get(0).feed().orElseThrow().lag());
  }

  @Test
  void brokenFeedIsRestartedWithAWalk() throws Exception {
    KeyTracker tracker = following(one);
    one.listener("a:1");
    awaitLine("a:1 by feed and walk");
    tracker.fresh();
    one.endFeed("a:1");
    awaitLine("a:1 by walk");
    store(one, "unseen");
    while (!tracker.survey().servers().get(0).mode().equals(Mode.FEED_AND_WALK)) {
      scheduler.advance(SECOND);
      Thread.onSpinWait();
    }
    while (!has(tracker.index(), "unseen")) {
      // A walk during which the clock was moved seems long, and a rest as long follows it.
      scheduler.advance(SECOND);
    }
  }

  @Test
  void closingEndsTheFeedAndTheBeats() throws Exception {
    KeyTracker tracker = following(one);
    one.listener("a:1");
    awaitLine("a:1 by feed and walk");
    tracker.close();
    threads.shutdown();
    assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    assertEquals(List.of(), scheduler.due());
  }

  @Test
  void closedTrackerStartsNoFeed() {
    one.offerFeed();
    List<String> operations = new ArrayList<>();
    one.beforeEach(operations::add);
    Queue<Runnable> waiting = new ArrayDeque<>();
    AtomicBoolean closed = new AtomicBoolean();
    KeyTracker tracker = tracker(one, work -> {
      if (closed.get()) {
        threads.execute(work);
      } else {
        waiting.add(work);
      }
    });
    tracker.start();
    waiting.remove().run();
    tracker.close();
    closed.set(true);
    waiting.forEach(Runnable::run);
    assertEquals(List.of("stats", "walk"), operations);
  }
}
