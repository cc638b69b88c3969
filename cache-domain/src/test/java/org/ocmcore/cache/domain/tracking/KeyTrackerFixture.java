package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.Scheduler;
import org.ocmcore.cache.domain.testing.FakeCache;
import org.ocmcore.cache.domain.testing.ManualScheduler;
import org.ocmcore.cache.domain.testing.MutableClock;
import org.ocmcore.cache.domain.testing.RecordedTracking;

/**
 * Trackers on fake servers. A stuck tracker would hang its callers, so each test runs on a thread
 * that may be abandoned.
 */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class KeyTrackerFixture {
  static final Duration SECOND = Duration.ofSeconds(1);
  final MutableClock clock = new MutableClock();
  final ManualScheduler scheduler = new ManualScheduler(clock);
  final FakeCache cache = new FakeCache(clock, "a:1", "b:1", "c:1");
  final FakeCache one = new FakeCache(clock, "a:1");
  final RecordedTracking events = new RecordedTracking();
  final ExecutorService threads = Executors.newCachedThreadPool();
  final List<KeyTracker> trackers = new ArrayList<>();

  @AfterEach
  void stop() {
    trackers.forEach(KeyTracker::close);
    threads.shutdownNow();
  }

  KeyTracker tracker(FakeCache tracked, Executor executor) {
    KeyTracker tracker = new KeyTracker(
        tracked, tracked, executor, scheduler, clock, TrackingPolicy.DEFAULT, events);
    trackers.add(tracker);
    return tracker;
  }

  /** All it does it does on the thread that asks or moves the clock. */
  KeyTracker started(FakeCache tracked) {
    KeyTracker tracker = tracker(tracked, Runnable::run);
    tracker.start();
    return tracker;
  }

  /** All it does it does on threads of its own. */
  KeyTracker following(FakeCache tracked) {
    tracked.offerFeed();
    KeyTracker tracker = tracker(tracked, threads);
    tracker.start();
    return tracker;
  }

  static void store(FakeCache into, String key) {
    into.store(CacheKey.of(key), CacheValue.ofText("v"), Lifetime.FOREVER);
  }

  static void storeMany(FakeCache into, int count) {
    for (int i = 0; i < count; i++) {
      store(into, "k" + i);
    }
  }

  long count(KeyIndex index) {
    return index.sum(KeyRange.ALL, clock.instant()).keys();
  }

  boolean has(KeyIndex index, String key) {
    return index.find(CacheKey.of(key), clock.instant()).isPresent();
  }

  static AtomicInteger countWalks(FakeCache of) {
    AtomicInteger walks = new AtomicInteger();
    of.beforeEach(operation -> {
      if (operation.equals("walk")) {
        walks.incrementAndGet();
      }
    });
    return walks;
  }

  static KeyIndex await(Future<KeyIndex> answer) {
    try {
      return answer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  KeyTracker started(FakeCache tracked, Executor executor, Scheduler timer) {
    KeyTracker tracker =
        new KeyTracker(tracked, tracked, executor, timer, clock, TrackingPolicy.DEFAULT, events);
    trackers.add(tracker);
    tracker.start();
    return tracker;
  }

  KeyTracker unwalkable() {
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

  static void store(TrackedCache cache) {
    cache.store(CacheKey.of("new"), CacheValue.ofText("v"), Lifetime.FOREVER);
  }

  // Feeds.

  void awaitLine(String line) {
    while (!events.lines().contains(line)) {
      Thread.onSpinWait();
    }
  }

  static KeyInfo info(String key) {
    return new KeyInfo(CacheKey.of(key), Expiry.NEVER, 60, KeyInfo.UNKNOWN, false, "a:1");
  }

  static final String SILENT =
      "a:1 at once: its feed is silent, and the server counts changes that it should report";

  /** The thread that moves the clock looks after the server; walks and the feed have others. */
  KeyTracker beating(FakeCache tracked) {
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

  ChangeListener followed(KeyTracker tracker) throws InterruptedException {
    ChangeListener feed = one.listener("a:1");
    feed.caughtUp();
    awaitLine("a:1 by feed and walk");
    tracker.fresh();
    scheduler.advance(SECOND);
    return feed;
  }
}
