package org.ocmcore.cache.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.KeyTotals.TtlTotals;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;

class KeyTotalsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

  private static KeyTotals totals(long... secondsLeft) {
    return KeyTotals.of(
        LongStream.of(secondsLeft)
            .mapToObj(left -> key(new Expiry(NOW.getEpochSecond() + left)))
            .toList(),
        NOW);
  }

  private static KeyInfo key(Expiry expiry) {
    return new KeyInfo(CacheKey.of("k"), expiry, 100, 0, false, "a:1");
  }

  @Test
  void noKeysAddUpToNothing() {
    assertEquals(new KeyTotals(0, 0, 0, new TtlTotals(0, 0, 0, 0, 0)), totals());
  }

  @Test
  void keysAreCountedByWhatIsLeftOfTheirLives() {
    assertEquals(new TtlTotals(0, 2, 0, 0, 0), totals(1, 59).ttl());
    assertEquals(new TtlTotals(0, 0, 2, 0, 0), totals(60, 3_599).ttl());
    assertEquals(new TtlTotals(0, 0, 0, 2, 0), totals(3_600, 86_399).ttl());
    assertEquals(new TtlTotals(0, 0, 0, 0, 2), totals(86_400, 999_999_999).ttl());
    assertEquals(
        new TtlTotals(1, 0, 0, 0, 0),
        KeyTotals.of(List.of(key(Expiry.NEVER)), NOW).ttl());
  }

  @Test
  void keysThatHaveEndedAreExpiredAndNotActive() {
    KeyTotals totals = totals(-5, 0, 1);
    assertEquals(3, totals.keys());
    assertEquals(2, totals.expired());
    assertEquals(1, totals.active());
    assertEquals(300, totals.bytes());
    assertEquals(new TtlTotals(0, 1, 0, 0, 0), totals.ttl());
  }
}
