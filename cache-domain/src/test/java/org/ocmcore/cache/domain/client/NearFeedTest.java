package org.ocmcore.cache.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.ChangeListener.Kind;
import org.ocmcore.cache.domain.testing.FakeCache;
import org.ocmcore.cache.domain.testing.FakeNearMap;
import org.ocmcore.cache.domain.testing.MutableClock;

/** What a {@link NearFeed} drops, and when it asks a server again. */
@Timeout(30)
class NearFeedTest {
  private static final CacheKey KEY = CacheKey.of("k");
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final MutableClock clock = new MutableClock();
  private final FakeCache fake = new FakeCache(clock, "a");
  private final FakeNearMap map = new FakeNearMap();
  private final NearCache near = new NearCache(map, Duration.ofHours(1), fake, clock);

  /** The pauses that were begun; each waits for the semaphore. */
  private final BlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();

  private final Semaphore ends = new Semaphore(0);
  private final NearFeed feed = new NearFeed(
      "a",
      fake,
      near,
      time -> {
        pauses.add(time);
        ends.acquire();
      },
      () -> {});
  private final Thread reader = new Thread(feed::follow);

  @AfterEach
  void closingEndsTheThread() throws InterruptedException {
    feed.close();
    reader.interrupt();
    reader.join();
  }

  private ChangeListener follow() throws InterruptedException {
    fake.offerFeed();
    fake.feedOnly(EnumSet.allOf(Kind.class), "nothing");
    reader.start();
    return fake.listener("a");
  }

  private ChangeListener trusted() throws InterruptedException {
    ChangeListener listener = follow();
    feed.check(0);
    return listener;
  }

  private void keep() {
    CacheEntry read = new CacheEntry(KEY, CacheValue.ofText("text"), Expiry.NEVER);
    near.keep("k", near.stamp("k"), read, Optional.of("text"), String.class);
    assertTrue(isKept());
  }

  private boolean isKept() {
    return near.find("k", String.class) != null;
  }

  private boolean isKeptForLong() {
    keep();
    map.advance(Duration.ofSeconds(1));
    return isKept();
  }

  @Test
  void statisticsMustConfirmALiveFeed() throws InterruptedException {
    feed.check(0);
    follow();
    assertFalse(isKeptForLong());
    feed.check(0);
    assertTrue(isKeptForLong());
  }

  @Test
  void reportedChangesRemoveTheirKeys() throws InterruptedException {
    ChangeListener listener = trusted();
    keep();
    listener.stored(
        new KeyInfo(KEY, Expiry.NEVER, 60, KeyInfo.UNKNOWN, false, "a"), clock.instant());
    assertFalse(isKept());
    keep();
    listener.removed(CacheKey.of("other"), clock.instant());
    assertTrue(isKept());
    listener.removed(KEY, clock.instant());
    assertFalse(isKept());
    keep();
    listener.evicted(KEY, clock.instant());
    assertFalse(isKept());
  }

  @Test
  void skippedChangesDropEverything() throws InterruptedException {
    ChangeListener listener = trusted();
    keep();
    listener.skipped(1);
    assertFalse(isKept());
    assertTrue(isKeptForLong());
  }

  @Test
  void aFeedThatEndsDropsEverything() throws InterruptedException {
    trusted();
    keep();
    fake.endFeed("a");
    assertEquals(NearFeed.FIRST_PAUSE, pauses.take());
    assertFalse(isKept());
    assertFalse(isKeptForLong());
    feed.check(0);
    assertFalse(isKeptForLong());
  }

  @Test
  void aFlushDropsEverything() throws InterruptedException {
    trusted();
    keep();
    fake.clear();
    feed.check(SECOND);
    assertFalse(isKept());
    assertTrue(isKeptForLong());
  }

  @Test
  void aServerWithoutStatisticsIsNotTrusted() throws InterruptedException {
    trusted();
    keep();
    fake.takeDown("a");
    feed.check(SECOND);
    assertFalse(isKeptForLong());
    fake.bringBack("a");
    feed.check(2 * SECOND);
    assertTrue(isKeptForLong());
  }

  @Test
  void aRestartBeginsAnotherFeed() throws InterruptedException {
    trusted();
    keep();
    fake.restart("a");
    feed.check(SECOND);
    assertFalse(isKept());
    assertEquals(NearFeed.FIRST_PAUSE, pauses.take());
    ends.release();
    fake.listener("a");
  }

  @Test
  void unreportedStoresBeginAnotherFeed() throws InterruptedException {
    trusted();
    fake.put("a", new CacheEntry(KEY, CacheValue.ofText("b"), Expiry.NEVER));
    keep();
    feed.check(SECOND);
    feed.check(2 * SECOND);
    feed.check(3 * SECOND);
    assertFalse(isKept());
    assertEquals(NearFeed.FIRST_PAUSE, pauses.take());
  }

  @Test
  void aServerWithoutFeedIsAskedMuchLater() throws InterruptedException {
    reader.start();
    assertEquals(NearFeed.PAUSE_WITHOUT_FEED, pauses.take());
  }

  @Test
  void aFeedOfSomeChangesIsGivenBack() throws InterruptedException {
    fake.offerFeed();
    fake.feedOnly(Set.of(Kind.MUTATIONS, Kind.EVICTIONS), "an old release");
    reader.start();
    assertEquals(NearFeed.PAUSE_WITHOUT_FEED, pauses.take());
    feed.check(0);
    assertFalse(isKeptForLong());
  }

  @Test
  void aClosedStoreEndsTheThread() throws InterruptedException {
    fake.beforeEach(operation -> {
      throw new IllegalStateException("the store is closed");
    });
    reader.start();
    reader.join();
    assertTrue(pauses.isEmpty());
  }

  @Test
  void thePausesGrowUntilAFeedWorks() throws InterruptedException {
    fake.takeDown("a");
    reader.start();
    for (long seconds : new long[] {1, 2, 4, 8, 16, 30, 30}) {
      assertEquals(Duration.ofSeconds(seconds), pauses.take());
      ends.release();
    }
    pauses.take();
    fake.bringBack("a");
    fake.offerFeed();
    fake.feedOnly(EnumSet.allOf(Kind.class), "nothing");
    ends.release();
    fake.listener("a");
    feed.check(0);
    fake.endFeed("a");
    assertEquals(NearFeed.FIRST_PAUSE, pauses.take());
  }
}
