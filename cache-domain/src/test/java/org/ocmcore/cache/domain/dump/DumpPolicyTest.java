package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpPolicyTest {
  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT0.5S", "PT1.000000001S", "PT744H1S", "PT999999999H"})
  void anIntervalIs0To31DaysOfWholeSeconds(String interval) {
    Duration duration = Duration.parse(interval);
    String message = assertThrows(IllegalArgumentException.class, () -> new DumpPolicy(duration, 0))
        .getMessage();
    assertTrue(message.contains(duration.toString()), message);
  }

  @Test
  void anIntervalOfZeroMeansNone() {
    assertFalse(new DumpPolicy(Duration.ZERO, 0).isAutomatic());
    assertTrue(new DumpPolicy(Duration.ofSeconds(1), 0).isAutomatic());
    assertTrue(new DumpPolicy(Duration.ofDays(31), 0).isAutomatic());
  }

  @Test
  void asManyOlderDumpsStayAsItSays() {
    List<String> names = List.of("newest", "b", "c", "d");
    assertEquals(List.of("b", "c", "d"), keeping(0).surplus(names));
    assertEquals(List.of("d"), keeping(2).surplus(names));
    assertEquals(List.of(), keeping(3).surplus(names));
    assertEquals(List.of(), keeping(Integer.MAX_VALUE).surplus(names));
    assertEquals(List.of(), keeping(0).surplus(List.of()));
    assertThrows(IllegalArgumentException.class, () -> keeping(-1));
  }

  private static DumpPolicy keeping(int keep) {
    return new DumpPolicy(Duration.ZERO, keep);
  }
}
