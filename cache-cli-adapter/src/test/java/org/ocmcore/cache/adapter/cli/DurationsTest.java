package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0,PT0S",
    "90,PT90S",
    "90s,PT90S",
    "1500ms,PT1.5S",
    "15m,PT15M",
    "2h,PT2H",
    "7d,PT168H",
    "2w,PT336H"
  })
  void unitsAreUnderstood(String text, Duration expected) {
    assertEquals(expected, Durations.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1", "1.5h", "2 h", "2H", "2y", "soon", "9999999999999"})
  void anythingElseIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
  }

  @Test
  void twoUnitsAreShown() {
    assertEquals("0s", Durations.text(0));
    assertEquals("59s", Durations.text(59));
    assertEquals("1m", Durations.text(60));
    assertEquals("59m 59s", Durations.text(3_599));
    assertEquals("1h", Durations.text(3_600));
    assertEquals("23h 59m", Durations.text(86_399));
    assertEquals("1d", Durations.text(86_400));
    assertEquals("3650d 5h", Durations.text(3_650 * 86_400L + 5 * 3_600));
  }
}
