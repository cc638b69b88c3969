package org.ocmcore.cache.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnitTest {
  @Test
  void timesHaveTheUnitThatFits() {
    assertEquals("1.50 s", Unit.SECONDS.text(1.5));
    assertEquals("300 ms", Unit.SECONDS.text(0.3));
    assertEquals("4.21 ms", Unit.SECONDS.text(0.004214));
    assertEquals("45.0 µs", Unit.SECONDS.text(0.000045));
  }

  @Test
  void bytesAreShownInMebibytes() {
    assertEquals("3.00 MiB", Unit.BYTES.text(3 << 20));
    assertEquals("1,234,567/s", Unit.PER_SECOND.text(1_234_567));
    assertEquals("64.0 B/key", Unit.BYTES_PER_KEY.text(64));
  }

  @Test
  void theSpreadHasTheUnitOfTheMedian() {
    assertEquals(
        "2.00 ms (0.50–1,500)", Unit.SECONDS.text(Samples.of(List.of(0.002, 1.5, 0.0005))));
    assertEquals("2.00 ms", Unit.SECONDS.text(Samples.of(List.of(0.002))));
  }
}
