package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.query.KeySummary.TtlSummary;

class KeySummaryTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final long NEVER = Long.MAX_VALUE;

  private static KeySummary totals(long... secondsLeft) {
    KeySummary.Counter counter = new KeySummary.Counter(NOW);
    for (long left : secondsLeft) {
      counter.add(left == NEVER ? NEVER : NOW.getEpochSecond() + left, 100);
    }
    return counter.totals();
  }

  @Test
  void noKeysAddUpToNothing() {
    assertEquals(new KeySummary(0, 0, 0, new TtlSummary(0, 0, 0, 0, 0)), totals());
  }

  @Test
  void keysAreCountedByRemainingLifetime() {
    assertEquals(new TtlSummary(0, 2, 0, 0, 0), totals(1, 59).ttl());
    assertEquals(new TtlSummary(0, 0, 2, 0, 0), totals(60, 3_599).ttl());
    assertEquals(new TtlSummary(0, 0, 0, 2, 0), totals(3_600, 86_399).ttl());
    assertEquals(new TtlSummary(0, 0, 0, 0, 2), totals(86_400, 999_999_999).ttl());
    assertEquals(new TtlSummary(1, 0, 0, 0, 0), totals(NEVER).ttl());
  }

  @Test
  void expiredKeysAreNotActive() {
    KeySummary totals = totals(-5, 0, 1);
    assertEquals(3, totals.keys());
    assertEquals(2, totals.expired());
    assertEquals(1, totals.active());
    assertEquals(300, totals.bytes());
    assertEquals(new TtlSummary(0, 1, 0, 0, 0), totals.ttl());
  }
}
