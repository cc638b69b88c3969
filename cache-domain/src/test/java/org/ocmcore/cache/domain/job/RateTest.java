package org.ocmcore.cache.domain.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.testing.MutableClock;

class RateTest {
  private static final double EXACT = 1e-9;

  private final MutableClock clock = new MutableClock();
  private final Rate rate = new Rate(clock.instant());

  private void assertPerSecond(double expected) {
    assertEquals(expected, rate.perSecond(clock.instant()), EXACT);
  }

  private void steadily(long perStep, Duration step, int steps) {
    for (int i = 0; i < steps; i++) {
      clock.advance(step);
      rate.add(perStep, clock.instant());
    }
  }

  @Test
  void itIsNothingBeforeAnyTimeHasPassed() {
    rate.add(1_000, clock.instant());
    assertPerSecond(0);
  }

  @Test
  void atFirstItIsSinceTheBegin() {
    steadily(50, Duration.ofMillis(100), 20);
    assertPerSecond(500);
  }

  @Test
  void laterItIsOfTheLastSecondsOnly() {
    steadily(1_000, Duration.ofMillis(100), 300);
    steadily(10, Duration.ofMillis(100), 100);
    // The window moves in spans of half a second, and one of them may have begun before.
    assertEquals(100, rate.perSecond(clock.instant()), 20);
    steadily(10, Duration.ofMillis(100), 10);
    assertEquals(100, rate.perSecond(clock.instant()), 6);
  }

  @Test
  void itFallsToNothingWhenNothingComes() {
    steadily(1_000, Duration.ofMillis(100), 300);
    clock.advance(Duration.ofSeconds(5));
    assertEquals(5_000, rate.perSecond(clock.instant()), 600);
    clock.advance(Duration.ofSeconds(5));
    assertPerSecond(0);
    clock.advance(Duration.ofDays(1));
    assertPerSecond(0);
  }

  @Test
  void rateIgnoresTheTimeBeforeItsBegin() {
    clock.advance(Duration.ofSeconds(8));
    rate.beginAt(clock.instant());
    steadily(50, Duration.ofMillis(100), 10);
    assertPerSecond(500);
  }

  @Test
  void clockChangeDisturbsOneWindowOnly() {
    steadily(50, Duration.ofMillis(100), 100);
    clock.advance(Duration.ofHours(-1));
    assertPerSecond(0);
    clock.advance(Duration.ofHours(2));
    steadily(50, Duration.ofMillis(100), 110);
    assertEquals(500, rate.perSecond(clock.instant()), 30);
  }
}
