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
  private Instant now = START;
  private long stores = 100;
  private long evictions = 100;
  private long heard = 1;

  @BeforeEach
  void begin() {
    look();
  }

  private void look() {
    ServerStats stats = new ServerStats(
        "1.6.18",
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
    watchdog.look(stats, kinds, heard, now);
    now = now.plusSeconds(1);
  }

  @Test
  void silenceWithoutChangesIsNoDoubt() {
    for (int i = 0; i < 1_000; i++) {
      look();
    }
    assertTrue(watchdog.isTrusted());
    assertFalse(watchdog.isDead(now));
  }

  @Test
  void anUnreportedStoreIsDoubtedAtOnceAndDeadLater() {
    stores++;
    look();
    assertFalse(watchdog.isTrusted());
    assertFalse(watchdog.isDead(now));
    look();
    look();
    assertTrue(watchdog.isDead(now));
  }

  @Test
  void anUnreportedEvictionIsDeadLater() {
    evictions++;
    look();
    assertTrue(watchdog.isDead(now.plusSeconds(2)));
  }

  @Test
  void whatTheFeedDoesNotReportIsNotExpected() {
    kinds = Set.of(Kind.EVICTIONS);
    look();
    stores++;
    look();
    assertTrue(watchdog.isTrusted());
    kinds = Set.of(Kind.DELETIONS);
    look();
    evictions++;
    look();
    assertTrue(watchdog.isTrusted());
  }

  @Test
  void anyReportShowsThatTheFeedLives() {
    stores++;
    look();
    heard++;
    look();
    assertTrue(watchdog.isTrusted());
    look();
    assertFalse(watchdog.isDead(now.plusSeconds(100)));
  }

  @Test
  void reportsBeforeAnotherStoreDoNotSpeakForIt() {
    stores++;
    heard++;
    look();
    stores++;
    look();
    assertFalse(watchdog.isTrusted());
  }

  @Test
  void aServerThatCountsAnewIsNoDoubt() {
    stores = 0;
    evictions = 0;
    look();
    assertTrue(watchdog.isTrusted());
  }

  @Test
  void withoutAFeedNothingIsOwed() {
    stores++;
    look();
    kinds = Set.of();
    look();
    assertTrue(watchdog.isTrusted());
    stores++;
    look();
    assertTrue(watchdog.isTrusted());
  }

  @Test
  void aNewFeedOwesWhatIsCountedFromItsBeginning() {
    kinds = Set.of();
    stores++;
    look();
    kinds = EnumSet.allOf(Kind.class);
    stores++;
    look();
    assertFalse(watchdog.isTrusted());
  }
}
