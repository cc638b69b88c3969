package org.ocmcore.cache.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TestClockTest {
  private static final Instant START = Instant.parse("2026-01-02T12:00:00Z");

  private final TestClock clock = TestClock.at(START);

  @Test
  void itStandsUntilItIsMoved() {
    assertEquals(START, clock.instant());
    assertEquals(START.plusSeconds(5), clock.advance(Duration.ofSeconds(5)));
    assertEquals(START.plusSeconds(5), clock.instant());
    assertEquals(START.plusSeconds(5), clock.advance(Duration.ZERO));
    assertEquals(ZoneOffset.UTC, clock.getZone());
  }

  @Test
  void itDoesNotMoveBack() {
    Duration back = Duration.ofSeconds(-1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> clock.advance(back)).getMessage();
    assertTrue(message.contains("PT-1S"), message);
    assertEquals(START, clock.instant());
  }

  @Test
  void aClockOfAnotherZoneMovesAlong() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    TestClock there = clock.withZone(berlin);
    assertEquals(berlin, there.getZone());
    clock.advance(Duration.ofHours(1));
    there.advance(Duration.ofHours(1));
    assertEquals(START.plusSeconds(7200), clock.instant());
    assertEquals(START.plusSeconds(7200), there.instant());
  }

  @Test
  void movesOfManyThreadsAddUp() {
    IntStream.range(0, 1000).parallel().forEach(i -> clock.advance(Duration.ofSeconds(1)));
    assertEquals(START.plusSeconds(1000), clock.instant());
  }

  @Test
  void itMayStartAtTheCurrentTime() {
    Instant before = Instant.now();
    Instant start = TestClock.atCurrentTime().instant();
    assertFalse(start.isBefore(before));
    assertFalse(start.isAfter(Instant.now()));
  }
}
