package org.ocmcore.cache.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.client.NearHealth.Finding;
import org.ocmcore.cache.domain.port.ServerStats;

/** What {@link NearHealth} concludes from the statistics of a server. */
class NearHealthTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private long now = Long.MAX_VALUE - SECOND;
  private final NearHealth health = new NearHealth(stats("p", 2, 50, 10), 0);

  private static ServerStats stats(String process, long flushes, long changes, long stores) {
    return stats(process, flushes, changes, stores, false);
  }

  private static ServerStats stats(
      String process, long flushes, long changes, long stores, boolean isFlushPending) {
    return new ServerStats(
        "1.6",
        process,
        Duration.ofDays(1),
        0,
        0,
        OptionalLong.empty(),
        0,
        0,
        flushes,
        isFlushPending,
        0,
        changes,
        stores,
        OptionalLong.empty(),
        false);
  }

  private Finding check(ServerStats stats, long reported) {
    now += SECOND;
    return health.check(stats, reported, now);
  }

  private Finding stored(long stores, long reported) {
    return check(stats("p", 2, 50 + stores, 10 + stores), reported);
  }

  @Test
  void reportedStoresAreFine() {
    assertEquals(Finding.FINE, stored(0, 0));
    assertEquals(Finding.FINE, stored(5, 3));
    assertEquals(Finding.FINE, stored(9, 5));
    assertEquals(Finding.FINE, stored(9, 9));
    assertEquals(Finding.FINE, stored(9, 9));
    assertEquals(Finding.FINE, stored(9, 9));
  }

  @Test
  void aFlushIsALoss() {
    assertEquals(Finding.LOSS, check(stats("p", 3, 51, 10), 0));
    assertEquals(Finding.FINE, check(stats("p", 3, 51, 10), 0));
  }

  @Test
  void aDelayedFlushIsALossWhenItTakesEffect() {
    assertEquals(Finding.LOSS, check(stats("p", 3, 51, 10, true), 0));
    assertEquals(Finding.FINE, check(stats("p", 3, 51, 10, true), 0));
    assertEquals(Finding.LOSS, check(stats("p", 3, 51, 10), 0));
    assertEquals(Finding.FINE, check(stats("p", 3, 51, 10), 0));
  }

  @Test
  void aResetOfTheStatisticsIsALoss() {
    assertEquals(Finding.LOSS, check(stats("p", 2, 49, 10), 0));
    assertEquals(Finding.LOSS, check(stats("p", 2, 49, 9), 0));
    assertEquals(Finding.LOSS, check(stats("p", 0, 49, 9), 0));
    assertEquals(Finding.FINE, check(stats("p", 0, 49, 9), 0));
  }

  @Test
  void anotherProcessNeedsAnotherFeed() {
    assertEquals(Finding.DEAD, check(stats("q", 2, 50, 10), 0));
  }

  @Test
  void aSilentFeedIsDeadAfterTheGrace() {
    assertEquals(Finding.FINE, stored(1, 0));
    assertEquals(Finding.FINE, stored(2, 0));
    assertEquals(Finding.DEAD, stored(2, 0));
  }

  @Test
  void reportsThatStayBehindAreALoss() {
    assertEquals(Finding.FINE, stored(2, 0));
    assertEquals(Finding.FINE, stored(2, 1));
    assertEquals(Finding.LOSS, stored(2, 1));
    assertEquals(Finding.FINE, stored(2, 1));
    assertEquals(Finding.FINE, stored(3, 2));
    assertEquals(Finding.FINE, stored(3, 2));
  }

  @Test
  void reportsOnTheirWayAtTheBeginningHideNothing() {
    // A store that was counted by the first statistics is reported after them.
    assertEquals(Finding.FINE, stored(0, 1));
    assertEquals(Finding.FINE, stored(1, 1));
    assertEquals(Finding.FINE, stored(1, 1));
    assertEquals(Finding.DEAD, stored(1, 1));
  }
}
