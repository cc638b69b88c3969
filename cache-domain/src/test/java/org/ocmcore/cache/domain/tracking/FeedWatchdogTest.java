package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.port.ChangeListener.Kind;
import org.ocmcore.cache.domain.port.ServerStats;

class FeedWatchdogTest {
  private static final Instant START = Instant.ofEpochSecond(1_000_000);

  private final FeedWatchdog watchdog = new FeedWatchdog();
  private Set<Kind> kinds = EnumSet.allOf(Kind.class);
  private int feed = 1;
  private Instant now = START;
  private long stores = 100;
  private long evictions = 100;
  private long storesTold = 7;
  private long evictionsTold = 3;

  @BeforeEach
  void begin() {
    check();
  }

  /** Looks, a second after the last time. */
  private void check() {
    ServerStats stats = new ServerStats(
        "1.6.18",
        "1@0",
        Duration.between(START, now),
        0,
        0,
        OptionalLong.empty(),
        0,
        0,
        0,
        false,
        evictions,
        0,
        stores,
        OptionalLong.empty(),
        false);
    watchdog.check(new FeedWatchdog.Reports(feed, kinds, storesTold, evictionsTold), stats, now);
    now = now.plusSeconds(1);
  }

  private void check(int times) {
    for (int i = 0; i < times; i++) {
      check();
    }
  }

  private void assertWell() {
    assertTrue(watchdog.isTrusted());
    assertFalse(watchdog.isOverdue());
    assertFalse(watchdog.isDead());
  }

  @Test
  void silenceWithoutChangesIsNoDoubt() {
    check(1_000);
    assertWell();
  }

  @Test
  void missingReportIsDoubtedThenOverdueThenDead() {
    stores++;
    check();
    assertFalse(watchdog.isTrusted());
    assertFalse(watchdog.isOverdue());
    check(2);
    assertTrue(watchdog.isOverdue());
    assertFalse(watchdog.isDead());
    check();
    assertTrue(watchdog.isDead());
  }

  @Test
  void aFeedThatDiesAmongReportsIsDead() {
    stores += 1_000;
    storesTold += 990;
    check();
    assertTrue(watchdog.isTrusted());
    // Those that were under way arrive, but for the last.
    storesTold += 9;
    check(2);
    assertFalse(watchdog.isTrusted());
    check();
    assertTrue(watchdog.isDead());
  }

  @Test
  void feedThatDiesUnderLoadIsDetected() {
    for (int i = 0; i < 10; i++) {
      stores += 1_000;
      storesTold += 1_000;
      check();
    }
    assertWell();
    stores += 1_000;
    storesTold += 500;
    check();
    for (int i = 0; i < 3; i++) {
      stores += 1_000;
      check();
    }
    assertTrue(watchdog.isDead());
  }

  @Test
  void reportsThatLagUnderLoadAreTrusted() {
    for (int i = 0; i < 100; i++) {
      stores += 1_000;
      check();
      storesTold += 1_000;
    }
    storesTold++;
    for (int i = 0; i < 100; i++) {
      stores += 1_000;
      check();
      assertWell();
      storesTold += 1_000;
    }
  }

  @Test
  void whatComesLateSettlesTheDoubt() {
    stores++;
    check(3);
    assertFalse(watchdog.isTrusted());
    storesTold++;
    check();
    assertWell();
    check(100);
    assertWell();
  }

  @Test
  void aFeedThatIsFarBehindLives() {
    stores += 1_000_000;
    for (int i = 0; i < 100; i++) {
      storesTold += 1_000;
      check();
      assertFalse(watchdog.isDead());
    }
    assertTrue(watchdog.isOverdue());
    storesTold += 900_000;
    check();
    assertWell();
  }

  /** A value with a wrong end is counted, and never reported. */
  @Test
  void missingReportAmongLaterOnesIsAGapOnce() {
    stores++;
    int gaps = 0;
    for (int i = 0; i < 100; i++) {
      if (i % 3 == 2) {
        stores++;
        storesTold++;
      }
      check();
      assertFalse(watchdog.isDead());
      gaps += watchdog.hasGap() ? 1 : 0;
    }
    assertEquals(1, gaps);
    assertWell();
  }

  @Test
  void deadFeedOwesNothingAnyMore() {
    stores++;
    check(4);
    assertTrue(watchdog.isDead());
    check(10);
    assertWell();
  }

  @Test
  void excessReportsDoNotCoverLaterStores() {
    storesTold += 10;
    check();
    stores++;
    check(4);
    assertTrue(watchdog.isDead());
  }

  @Test
  void missingEvictionReportIsDetected() {
    kinds = Set.of(Kind.EVICTIONS);
    feed++;
    check();
    evictions++;
    check(3);
    assertFalse(watchdog.isDead());
    check();
    assertTrue(watchdog.isDead());
  }

  @Test
  void unfollowedKindsAreNotExpected() {
    kinds = Set.of(Kind.EVICTIONS);
    feed++;
    check();
    stores++;
    check(5);
    assertWell();
    kinds = Set.of(Kind.DELETIONS);
    feed++;
    check();
    evictions++;
    check(5);
    assertWell();
  }

  @Test
  void aServerThatCountsAnewIsNoDoubt() {
    stores = 0;
    evictions = 0;
    check(5);
    assertWell();
    stores++;
    check(4);
    assertTrue(watchdog.isDead());
  }

  @Test
  void withoutAFeedNothingIsOwed() {
    stores++;
    check();
    kinds = Set.of();
    check();
    assertWell();
    stores++;
    check(5);
    assertWell();
  }

  @Test
  void newFeedOwesNothingFromBefore() {
    stores++;
    check();
    feed++;
    stores++;
    check(5);
    assertWell();
    stores++;
    check();
    assertFalse(watchdog.isTrusted());
  }
}
