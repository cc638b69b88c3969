package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.transfer.RateLimit;

class DumpPolicyTest {
  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT0.5S", "PT1.000000001S", "PT744H1S", "PT999999999H"})
  void anIntervalIs0To31DaysOfWholeSeconds(String interval) {
    Duration duration = Duration.parse(interval);
    String message =
        assertThrows(IllegalArgumentException.class, () -> every(duration)).getMessage();
    assertTrue(message.contains(duration.toString()), message);
  }

  @Test
  void anIntervalOfZeroMeansNone() {
    assertFalse(every(Duration.ZERO).isAutomatic());
    assertTrue(every(Duration.ofSeconds(1)).isAutomatic());
    assertTrue(every(Duration.ofDays(31)).isAutomatic());
  }

  @Test
  void neitherChangesNorRateNorLatencyIsNegative() {
    Retention retention = new Retention(0, 0);
    assertThrows(
        IllegalArgumentException.class,
        () -> new DumpPolicy(Duration.ZERO, -1, retention, false, RateLimit.FULL));
    assertThrows(IllegalArgumentException.class, () -> new RateLimit(-1, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> new RateLimit(0, Duration.ofMillis(-1)));
  }

  private static DumpPolicy every(Duration interval) {
    return DumpPolicy.every(interval, new Retention(0, 0));
  }
}
