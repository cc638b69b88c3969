package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.tracking.ServerTracking.Mode;

class TrackedFeedTest extends KeyTrackerFixture {
  @Test
  void theStateOfEachServerIsReported() {
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
    Future<KeyIndex> reliable = threads.submit(() -> tracker.reliable());
    assertThrows(TimeoutException.class, () -> reliable.get(50, TimeUnit.MILLISECONDS));
    walks.release(10);
    assertTrue(has(reliable.get(), "unseen"));
  }
}
