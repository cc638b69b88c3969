package org.ocmcore.cache.domain.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifetimeTest {
  @Test
  void aBrokenSecondIsRoundedUp() {
    assertEquals(Lifetime.ofSeconds(1), Lifetime.of(Duration.ofMillis(400)));
    assertEquals(Lifetime.ofSeconds(1), Lifetime.of(Duration.ofNanos(1)));
    assertEquals(Lifetime.ofSeconds(1), Lifetime.of(Duration.ofSeconds(1)));
    assertEquals(Lifetime.ofSeconds(2), Lifetime.of(Duration.ofMillis(1_001)));
  }

  @Test
  void tenYearsAreTheMost() {
    assertEquals(315_360_000, Lifetime.ofSeconds(315_360_000).seconds());
    assertEquals(315_360_000, Lifetime.of(Lifetime.MAX).seconds());
    assertThrows(IllegalArgumentException.class, () -> Lifetime.of(Lifetime.MAX.plusNanos(1)));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 315_360_001, Long.MIN_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void secondsOutsideOfThatAreRefusedByNumber(long seconds) {
    String message = assertThrows(IllegalArgumentException.class, () -> Lifetime.ofSeconds(seconds))
        .getMessage();
    assertTrue(message.contains(Long.toString(seconds)), message);
    assertThrows(IllegalArgumentException.class, () -> Lifetime.of(Duration.ofSeconds(seconds)));
  }

  @Test
  void longestDurationIsTooLong() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    assertThrows(IllegalArgumentException.class, () -> Lifetime.of(longest));
    assertThrows(
        IllegalArgumentException.class,
        () -> Lifetime.of(Duration.ofSeconds(Long.MAX_VALUE - 1, 1)));
  }

  @Test
  void forEverIsALifetimeOfItsOwn() {
    assertTrue(Lifetime.FOREVER.isForever());
    assertFalse(Lifetime.ofSeconds(1).isForever());
    assertEquals("for ever", Lifetime.FOREVER.toString());
    assertEquals("5 s", Lifetime.ofSeconds(5).toString());
  }
}
