package org.ocmcore.cache.domain.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000);

  @Test
  void fractionsOfASecondAreRoundedUp() {
    assertEquals(new Expiry(1_000), Expiry.at(NOW));
    assertEquals(new Expiry(1_001), Expiry.at(NOW.plusNanos(1)));
    assertEquals(new Expiry(1_001), Expiry.after(NOW, Lifetime.ofSeconds(1)));
    assertEquals(new Expiry(1_002), Expiry.after(NOW.plusNanos(1), Lifetime.ofSeconds(1)));
  }

  @Test
  void aLifetimeForEverNeverEnds() {
    assertEquals(Expiry.NEVER, Expiry.after(NOW, Lifetime.FOREVER));
    assertTrue(Expiry.NEVER.isNever());
    assertFalse(Expiry.NEVER.isPast(Instant.MAX));
    assertEquals(Optional.empty(), Expiry.NEVER.instant());
    assertEquals(Optional.empty(), Expiry.NEVER.remaining(NOW));
    assertEquals(Lifetime.FOREVER, Expiry.NEVER.lifetime(NOW));
  }

  @Test
  void itIsPastFromItsSecondOn() {
    Expiry expiry = new Expiry(1_000);
    assertFalse(expiry.isPast(NOW.minusNanos(1)));
    assertTrue(expiry.isPast(NOW));
    assertTrue(expiry.isPast(NOW.plusSeconds(1)));
    assertEquals(Optional.of(NOW), expiry.instant());
  }

  @Test
  void whatRemainsIsNeverNegative() {
    assertEquals(Optional.of(Duration.ofSeconds(60)), new Expiry(1_060).remaining(NOW));
    assertEquals(Optional.of(Duration.ZERO), new Expiry(900).remaining(NOW));
    assertEquals(
        Optional.of(Duration.ZERO),
        new Expiry(Instant.MIN.getEpochSecond()).remaining(Instant.MAX));
  }

  @Test
  void lifetimeIsTheRestHoweverLong() {
    assertEquals(Lifetime.ofSeconds(60), new Expiry(1_060).lifetime(NOW));
    assertEquals(
        new Lifetime(Instant.MAX.getEpochSecond() - NOW.getEpochSecond()),
        new Expiry(Instant.MAX.getEpochSecond()).lifetime(NOW));
    assertThrows(IllegalArgumentException.class, () -> new Expiry(1_000).lifetime(NOW));
    assertThrows(IllegalArgumentException.class, () -> new Expiry(0).lifetime(NOW));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE - 1, 31_556_889_864_403_200L})
  void aSecondThatIsNoMomentIsRefused(long second) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Expiry(second)).getMessage();
    assertTrue(message.contains(Long.toString(second)), message);
  }
}
