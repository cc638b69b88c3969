package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.tracking.ServerTracking.Mode;

class DeadFeedTest extends KeyTrackerFixture {
  @Test
  void silentFeedIsNotBelieved() throws Exception {
    KeyTracker tracker = beating(one);
    followed(tracker);
    store(one, "unseen");
    scheduler.advance(SECOND);
    // It is not certain yet that the feed is dead, but nobody relies on it.
    assertTrue(has(tracker.reliable(), "unseen"));
    assertFalse(events.lines().contains(SILENT));
    scheduler.advance(Duration.ofSeconds(3));
    assertTrue(events.lines().contains(SILENT));
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
    assertFalse(events.lines().contains(SILENT));
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
    assertTrue(events.lines().contains(SILENT));
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
    assertFalse(events.lines().contains(SILENT));
  }

  @Test
  void storesBeforeAFeedRaiseNoDoubt() throws Exception {
    store(one, "before");
    KeyTracker tracker = beating(one);
    followed(tracker);
    scheduler.advance(Duration.ofSeconds(10));
    assertFalse(events.lines().contains(SILENT));
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
  void theLagOfAFeedIsReported() throws Exception {
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
  void closedTrackerStartsNoFeed() throws Exception {
    one.offerFeed();
    List<String> operations = new CopyOnWriteArrayList<>();
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
    threads.shutdown();
    assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    assertEquals(List.of("stats", "walk"), operations);
  }
}
