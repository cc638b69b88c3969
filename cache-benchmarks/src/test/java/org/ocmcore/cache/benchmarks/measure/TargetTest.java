package org.ocmcore.cache.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetTest {
  private static final Samples HALF = Samples.of(List.of(0.5));
  private static final Samples TWO = Samples.of(List.of(2.0));

  @Test
  void limitsApplyToTheMedian() {
    Target target = Target.under(Unit.SECONDS, 0.5);
    assertEquals("no", target.verdict(HALF, Optional.empty()));
    assertEquals("yes", target.verdict(Samples.of(List.of(0.1, 0.2, 9.0)), Optional.empty()));
    assertEquals("yes", Target.atMost(Unit.SECONDS, 0.5).verdict(HALF, Optional.empty()));
  }

  @Test
  void ratioLimitsApplyToTheRatios() {
    assertEquals("yes", Target.ratioAtMost(0.5).verdict(TWO, Optional.of(HALF)));
    assertEquals("no", Target.ratioAtMost(0.5).verdict(HALF, Optional.of(TWO)));
    assertEquals("yes", Target.ratioAtLeast(2).verdict(HALF, Optional.of(TWO)));
    assertEquals("no", Target.ratioAtLeast(0.8).verdict(TWO, Optional.of(HALF)));
    assertEquals("no", Target.faster().verdict(HALF, Optional.of(Samples.of(List.of(1.0)))));
  }

  @Test
  void aRatioNeedsAReference() {
    assertEquals("?", Target.ratioAtMost(2).verdict(HALF, Optional.empty()));
  }

  @Test
  void twoLimitsMustBothHold() {
    Target both = Target.under(Unit.SECONDS, 1).and(Target.faster());
    assertEquals("under 1.00 s, faster", both.toString());
    assertEquals("yes", both.verdict(HALF, Optional.of(HALF)));
    assertEquals("no", both.verdict(HALF, Optional.of(TWO)));
    assertEquals("no", both.verdict(TWO, Optional.of(HALF)));
    assertEquals("no", both.verdict(TWO, Optional.empty()));
    assertEquals("?", both.verdict(HALF, Optional.empty()));
  }

  @Test
  void noTargetHasNoVerdict() {
    assertEquals("", Target.NONE.verdict(TWO, Optional.of(TWO)));
    assertEquals("", Target.NONE.toString());
  }
}
