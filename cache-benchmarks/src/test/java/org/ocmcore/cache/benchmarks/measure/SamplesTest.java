package org.ocmcore.cache.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void theMedianOfThreeIsTheSecond() {
    assertEquals(2, Samples.of(List.of(9.0, 1.0, 2.0)).median());
    assertEquals(7, Samples.of(List.of(7.0)).median());
  }

  @Test
  void theMedianOfFourIsAMean() {
    assertEquals(2.5, Samples.of(List.of(4.0, 1.0, 3.0, 2.0)).median());
  }

  @Test
  void theSpreadIsFromMinimumToMaximum() {
    Samples samples = Samples.of(List.of(3.0, -1.0, 2.0));
    assertEquals(-1, samples.min());
    assertEquals(3, samples.max());
    assertEquals(3, samples.size());
  }

  @Test
  void samplesMustBeFiniteNumbers() {
    assertThrows(IllegalArgumentException.class, () -> Samples.of(List.of()));
    assertThrows(IllegalArgumentException.class, () -> Samples.of(List.of(1.0, Double.NaN)));
    assertThrows(
        IllegalArgumentException.class, () -> Samples.of(List.of(1.0, Double.NEGATIVE_INFINITY)));
  }
}
