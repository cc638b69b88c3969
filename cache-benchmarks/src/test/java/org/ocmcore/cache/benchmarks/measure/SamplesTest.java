package org.ocmcore.cache.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
    assertEquals(2, Samples.of(9, 1, 2).median());
    assertEquals(7, Samples.of(7).median());
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
    assertEquals(2.5, Samples.of(4, 1, 3, 2).median());
  }

  @Test
  void theSpreadIsFromTheLeastToTheMost() {
    Samples samples = Samples.of(3, -1, 2);
    assertEquals(-1, samples.min());
    assertEquals(3, samples.max());
    assertEquals(3, samples.size());
  }

  @Test
  void aPercentileIsASampleThatSoManyDoNotExceed() {
    double[] hundred = new double[100];
    for (int i = 0; i < hundred.length; i++) {
      hundred[i] = 100 - i;
    }
    Samples samples = Samples.of(hundred);
    assertEquals(99, samples.percentile(99));
    assertEquals(100, samples.percentile(100));
    assertEquals(1, samples.percentile(0.5));
    assertEquals(5, Samples.of(5, 4).percentile(51));
    assertThrows(IllegalArgumentException.class, () -> samples.percentile(0));
    assertThrows(IllegalArgumentException.class, () -> samples.percentile(100.1));
  }

  @Test
  void whatIsNoNumberIsNoSample() {
    assertThrows(IllegalArgumentException.class, Samples::of);
    assertThrows(IllegalArgumentException.class, () -> Samples.of(1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Samples.of(1, Double.NEGATIVE_INFINITY));
  }

  @Test
  void theyDoNotChangeWithTheArrayTheyCameFrom() {
    double[] given = {1, 2, 3};
    Samples samples = Samples.of(given);
    given[0] = 100;
    assertEquals(1, samples.min());
  }
}
