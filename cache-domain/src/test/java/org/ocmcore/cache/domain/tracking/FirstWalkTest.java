package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.port.ChangeListener;

/** The walks of a server whose feed begins. Each step waits for its permit. */
class FirstWalkTest extends KeyTrackerFixture {
  private final Semaphore mayFollow = new Semaphore(0);
  private final Semaphore mayWalk = new Semaphore(0);
  private final CountDownLatch asksForFeed = new CountDownLatch(1);
  private final Semaphore begunWalks = new Semaphore(0);
  private final AtomicInteger walks = new AtomicInteger();

  /** A tracker that has just started, and is about to follow. */
  private KeyTracker starting() throws InterruptedException {
    one.beforeEach(operation -> {
      if (operation.equals("follow")) {
        asksForFeed.countDown();
        mayFollow.acquireUninterruptibly();
      } else if (operation.equals("walk")) {
        walks.incrementAndGet();
        begunWalks.release();
        mayWalk.acquireUninterruptibly();
      }
    });
    KeyTracker tracker = following(one);
    asksForFeed.await();
    return tracker;
  }

  /** Waits until these calls wait for the tracker. */
  private static void awaitWaiting(Thread... callers) {
    for (Thread caller : callers) {
      while (caller.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  private static Thread call(Runnable work) {
    Thread caller = new Thread(work);
    caller.setDaemon(true);
    caller.start();
    return caller;
  }

  @Test
  void oneWalkServesAllWhoCallAtTheStart() throws Exception {
    KeyTracker tracker = starting();
    Thread early = call(tracker::index);
    Thread earlyChange = call(tracker::reliable);
    awaitWaiting(early, earlyChange);
    assertEquals(0, walks.get(), "the walk waits for the feed");
    mayFollow.release();
    begunWalks.acquire();
    Thread late = call(tracker::index);
    Thread lateChange = call(tracker::reliable);
    awaitWaiting(late, lateChange);
    mayWalk.release(10);
    for (Thread caller : new Thread[] {early, earlyChange, late, lateChange}) {
      caller.join();
    }
    tracker.reliable();
    assertEquals(1, walks.get());
  }

  @Test
  void theWalkWaitsASecondForTheFeedAtMost() throws Exception {
    KeyTracker tracker = starting();
    store(one, "before");
    Thread early = call(tracker::index);
    awaitWaiting(early);
    assertEquals(0, walks.get());
    mayWalk.release(10);
    scheduler.advance(SECOND);
    early.join();
    assertTrue(has(tracker.index(), "before"));
    assertEquals(1, walks.get());
    mayFollow.release();
    begunWalks.acquire(2);
    assertEquals(2, walks.get(), "a walk before the feed misses what is stored between the two");
  }

  @Test
  void aServerWithoutFeedIsWalkedAtOnce() {
    AtomicInteger counted = countWalks(one);
    KeyTracker tracker = started(one);
    assertEquals(1, counted.get());
    assertEquals(1, scheduler.due().size(), "only the next health check is due");
    tracker.index();
    assertEquals(1, counted.get());
  }

  @Test
  void aGapDuringTheWalkMakesAChangeWaitForAnother() throws Exception {
    KeyTracker tracker = starting();
    mayFollow.release();
    ChangeListener feed = one.listener("a:1");
    begunWalks.acquire();
    FutureTask<KeyIndex> change = new FutureTask<>(tracker::reliable);
    awaitWaiting(call(change));
    feed.skipped(1);
    mayWalk.release();
    begunWalks.acquire();
    store(one, "unseen");
    assertFalse(change.isDone());
    mayWalk.release();
    assertTrue(has(change.get(), "unseen"));
    assertEquals(2, walks.get());
  }

  @Test
  void aWalkThatFailsIsRepeatedForAChange() throws Exception {
    KeyTracker tracker = starting();
    mayFollow.release();
    begunWalks.acquire();
    FutureTask<KeyIndex> change = new FutureTask<>(tracker::reliable);
    awaitWaiting(call(change));
    one.takeDown("a:1");
    mayWalk.release();
    begunWalks.acquire();
    one.bringBack("a:1");
    mayWalk.release();
    change.get();
    // The end of the feed may be noticed only now, and then there is another walk.
    mayWalk.release(10);
    assertTrue(tracker.index().isComplete());
  }

  @Test
  void aFlushDuringTheWalkMakesReadersWaitForAnother() throws Exception {
    store(one, "old");
    KeyTracker tracker = starting();
    mayFollow.release();
    begunWalks.acquire();
    TrackedCache tracked = new TrackedCache(one, tracker, clock);
    tracked.clear();
    Future<KeyIndex> read = threads.submit(() -> tracker.index());
    mayWalk.release(10);
    assertFalse(has(read.get(), "old"));
  }
}
