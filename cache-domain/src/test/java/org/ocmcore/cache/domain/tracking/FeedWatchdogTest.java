package org.ocmcore.cache.domain.tracking;

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
    look();
  }

  /** Looks, a second after the last time. */
  private void look() {
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
        evictions,
        0,
        stores,
        OptionalLong.empty());
    watchdog.look(new FeedWatchdog.Reports(feed, kinds, storesTold, evictionsTold), stats, now);
    now = now.plusSeconds(1);
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      look();
    }
  }

  private void assertWell() {
    assertTrue(watchdog.isTrusted());
    assertFalse(watchdog.isOverdue());
    assertFalse(watchdog.isDead());
  }

  @Test
  void silenceWithoutChangesIsNoDoubt() {
    look(1_000);
    assertWell();
  }

  @Test
  void anUnreportedStoreIsDoubtedThenOverdueThenDead() {
    stores++;
    look();
    assertFalse(watchdog.isTrusted());
    assertFalse(watchdog.isOverdue());
    look(2);
    assertTrue(watchdog.isOverdue());
    assertFalse(watchdog.isDead());
    look();
    assertTrue(watchdog.isDead());
  }

  @Test
  void aFeedThatDiesAmongReportsIsDead() {
    stores += 1_000;
    storesTold += 990;
    look();
    assertTrue(watchdog.isTrusted());
    // Those that were under way arrive, but for the last.
    storesTold += 9;
    look(2);
    assertFalse(watchdog.isTrusted());
    look();
    assertTrue(watchdog.isDead());
  }

  @Test
  void aFeedThatDiesUnderLoadIsDeadThoughOthersStoreOn() {
    for (int i = 0; i < 10; i++) {
      stores += 1_000;
      storesTold += 1_000;
      look();
    }
    assertWell();
    stores += 1_000;
    storesTold += 500;
    look();
    for (int i = 0; i < 3; i++) {
      stores += 1_000;
      look();
    }
    assertTrue(watchdog.isDead());
  }

  @Test
  void reportsThatLagUnderLoadAreTrusted() {
    for (int i = 0; i < 100; i++) {
      stores += 1_000;
      look();
      storesTold += 1_000;
    }
    storesTold++;
    for (int i = 0; i < 100; i++) {
      stores += 1_000;
      look();
      assertWell();
      storesTold += 1_000;
    }
  }

  @Test
  void whatComesLateSettlesTheDoubt() {
    stores++;
    look(3);
    assertFalse(watchdog.isTrusted());
    storesTold++;
    look();
    assertWell();
    look(100);
    assertWell();
  }

  @Test
  void aFeedThatIsFarBehindLives() {
    stores += 1_000_000;
    for (int i = 0; i < 100; i++) {
      storesTold += 1_000;
      look();
      assertFalse(watchdog.isDead());
    }
    assertTrue(watchdog.isOverdue());
    storesTold += 900_000;
    look();
    assertWell();
  }

  @Test
  void ofADeadFeedNothingIsOwedAnyMore() {
    stores++;
    look(4);
    assertTrue(watchdog.isDead());
    look(10);
    assertWell();
  }

  @Test
  void whatIsReportedBeyondTheCountSpeaksForNothingLater() {
    storesTold += 10;
    look();
    stores++;
    look(4);
    assertTrue(watchdog.isDead());
  }

  @Test
  void anUnreportedEvictionIsDeadLaterIfNothingElseIsReported() {
    kinds = Set.of(Kind.EVICTIONS);
    feed++;
    look();
    evictions++;
    look(3);
    assertFalse(watchdog.isDead());
    look();
    assertTrue(watchdog.isDead());
  }

  @Test
  void whatTheFeedDoesNotReportIsNotExpected() {
    kinds = Set.of(Kind.EVICTIONS);
    feed++;
    look();
    stores++;
    look(5);
    assertWell();
    kinds = Set.of(Kind.DELETIONS);
    feed++;
    look();
    evictions++;
    look(5);
    assertWell();
  }

  @Test
  void aServerThatCountsAnewIsNoDoubt() {
    stores = 0;
    evictions = 0;
    look(5);
    assertWell();
    stores++;
    look(4);
    assertTrue(watchdog.isDead());
  }

  @Test
  void withoutAFeedNothingIsOwed() {
    stores++;
    look();
    kinds = Set.of();
    look();
    assertWell();
    stores++;
    look(5);
    assertWell();
  }

  @Test
  void aNewFeedOwesNothingOfTheTimeBefore() {
    stores++;
    look();
    feed++;
    stores++;
    look(5);
    assertWell();
    stores++;
    look();
    assertFalse(watchdog.isTrusted());
  }
}
