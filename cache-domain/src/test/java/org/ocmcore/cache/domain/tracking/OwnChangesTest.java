package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.key.CacheKey;

class OwnChangesTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final CacheKey KEY = CacheKey.of("key");

  private final OwnChanges changes = new OwnChanges();

  @BeforeEach
  void follow() {
    changes.report(true);
  }

  @Test
  void eachChangeIsReportedOnce() {
    changes.expect(KEY, NOW);
    changes.expect(KEY, NOW);
    assertFalse(changes.isOwn(CacheKey.of("other"), NOW));
    assertTrue(changes.isOwn(KEY, NOW));
    assertTrue(changes.isOwn(KEY, NOW));
    assertFalse(changes.isOwn(KEY, NOW));
  }

  @Test
  void aRefusedChangeIsNotReported() {
    changes.expect(KEY, NOW);
    changes.forget(KEY);
    assertFalse(changes.isOwn(KEY, NOW));
  }

  @Test
  void aReportThatNeverCameIsForgotten() {
    changes.expect(KEY, NOW);
    assertTrue(changes.isOwn(KEY, NOW.plusSeconds(14)));
    changes.expect(KEY, NOW);
    assertFalse(changes.isOwn(KEY, NOW.plusSeconds(31)));
    changes.expect(KEY, NOW.plusSeconds(31));
    changes.expect(CacheKey.of("later"), NOW.plusSeconds(50));
    assertTrue(changes.isOwn(KEY, NOW.plusSeconds(50)), "within two turns");
    changes.expect(KEY, NOW.plusSeconds(50));
    assertFalse(changes.isOwn(KEY, NOW.plusSeconds(500)));
  }

  @Test
  void changesThatAreNeverReportedLeaveRoomForLaterOnes() {
    for (int i = 0; i < 2_500_000; i++) {
      changes.expect(CacheKey.of("never-reported-" + i), NOW);
    }
    changes.expect(KEY, NOW);
    assertTrue(changes.isOwn(KEY, NOW));
    assertFalse(changes.isOwn(CacheKey.of("never-reported-0"), NOW));
  }

  @Test
  void reportsMayBeLateAndLeaveChangesOut() {
    int late = 50_000;
    int count = 200_000;
    for (int i = 0; i < count + late; i++) {
      if (i < count) {
        changes.expect(CacheKey.of("key-" + i), NOW);
      }
      int reported = i - late;
      if (reported >= 0 && reported / 20_000 % 3 != 1) {
        CacheKey key = CacheKey.of("key-" + reported);
        assertTrue(changes.isOwn(key, NOW), key::toString);
        assertFalse(changes.isOwn(key, NOW), key::toString);
        assertFalse(changes.isOwn(CacheKey.of("other-" + reported), NOW));
      }
    }
  }

  @Test
  void aKeyThatIsChangedLongAfterwardsAgainIsOwnAsOftenAsWeChangedIt() {
    changes.expect(KEY, NOW);
    for (int i = 0; i < 100_000; i++) {
      changes.expect(CacheKey.of("between-" + i), NOW);
    }
    changes.expect(KEY, NOW);
    assertTrue(changes.isOwn(KEY, NOW));
    assertTrue(changes.isOwn(KEY, NOW));
    assertFalse(changes.isOwn(KEY, NOW));
  }

  @Test
  void nothingIsExpectedWithoutAFeed() {
    changes.expect(KEY, NOW);
    changes.report(false);
    assertFalse(changes.isOwn(KEY, NOW));
    changes.expect(KEY, NOW);
    changes.report(true);
    assertFalse(changes.isOwn(KEY, NOW), "a new feed does not report what was before");
  }
}
