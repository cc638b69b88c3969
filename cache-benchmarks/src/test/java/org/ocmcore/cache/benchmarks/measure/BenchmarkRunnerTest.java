package org.ocmcore.cache.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class BenchmarkRunnerTest {
  /** Without time there are one warm-up round and the minimum of rounds. */
  private final BenchmarkRunner runner =
      new BenchmarkRunner(Duration.ZERO, new PrintStream(OutputStream.nullOutputStream()));

  private static Measurement yielding(double... numbers) {
    Queue<Double> left = new ArrayDeque<>();
    for (double number : numbers) {
      left.add(number);
    }
    return left::remove;
  }

  @Test
  void theWarmUpRoundDoesNotCount() {
    Outcome outcome = runner.run(Comparison.of("it", Unit.SECONDS, yielding(100, 0.1, 0.3, 0.2)));
    assertEquals("200 ms (100–300)", outcome.oursText());
    assertEquals("", outcome.referenceText());
    assertEquals("", outcome.ratioText());
  }

  @Test
  void theRatioIsTheMedianOfRatios() {
    Outcome outcome = runner.run(Comparison.of("it", Unit.SECONDS, yielding(9, 1, 20, 6))
        .against("other", yielding(1, 2, 10, 2))
        .target(Target.ratioAtMost(2)));
    assertEquals("other: 2.00 s (2.00–10.0)", outcome.referenceText());
    assertEquals("2.00 (0.50–3.00)", outcome.ratioText());
    assertEquals("yes", outcome.verdict());
  }

  @Test
  void theColdStateIsMeasuredBeforeTheWarmUpAndHasTheSameTarget() {
    Outcome outcome = runner.run(Comparison.of("it", Unit.SECONDS, yielding(100, 1, 1, 1))
        .cold(yielding(3, 4, 5))
        .against("other", yielding(1, 1, 1, 1, 1, 1, 1))
        .target(Target.ratioAtMost(3)));
    assertEquals("4.00 s (3.00–5.00); 4.00 (3.00–5.00) ×", outcome.coldText());
    assertEquals("1.00 (1.00–1.00)", outcome.ratioText());
    assertEquals("no", outcome.verdict());
  }

  @Test
  void theTwoSidesTakeTurns() {
    List<String> order = new ArrayList<>();
    runner.run(Comparison.of("it", Unit.SECONDS, () -> count(order, "a"))
        .against("other", () -> count(order, "b")));
    assertEquals("ab ab ba ab", String.join("", order).replaceAll("..(?!$)", "$0 "));
  }

  private static int count(List<String> order, String who) {
    order.add(who);
    return order.size();
  }

  @Test
  void aSingleRoundHasNoWarmUp() {
    Outcome outcome =
        runner.run(Comparison.of("it", Unit.BYTES_PER_KEY, yielding(64)).once());
    assertEquals("64.0 B/key", outcome.oursText());
  }

  @Test
  void theMinimumOfRoundsCanBeRaised() {
    Outcome outcome =
        runner.run(Comparison.of("it", Unit.SECONDS, yielding(9, 1, 2, 3, 4, 5)).minRounds(5));
    assertEquals("3.00 s (1.00–5.00)", outcome.oursText());
  }

  @Test
  void aFailureHasAReasonAndNoNumber() {
    Outcome outcome = runner.run(Comparison.of("it", Unit.SECONDS, () -> {
          throw new IOException("status 404");
        })
        .target(Target.under(Unit.SECONDS, 1)));
    assertTrue(outcome.isFailed());
    assertEquals("failed", outcome.oursText());
    assertEquals("status 404", outcome.failure());
    assertEquals("no", outcome.verdict());
  }

  @Test
  void aLaterRoundCanFailToo() {
    assertTrue(runner.run(Comparison.of("it", Unit.SECONDS, yielding(1, 1, 1))).isFailed());
    assertTrue(runner
        .run(Comparison.of("it", Unit.SECONDS, yielding(1, 1, 1, 1))
            .against("other", yielding(1, 1, 1)))
        .isFailed());
    assertFalse(
        runner.run(Comparison.of("it", Unit.SECONDS, yielding(1, 1, 1, 1))).isFailed());
  }

  @Test
  void theInterruptFlagIsRestored() {
    Outcome outcome = runner.run(Comparison.of("it", Unit.SECONDS, () -> {
      throw new InterruptedException();
    }));
    assertTrue(Thread.interrupted());
    assertTrue(outcome.isFailed());
  }
}
