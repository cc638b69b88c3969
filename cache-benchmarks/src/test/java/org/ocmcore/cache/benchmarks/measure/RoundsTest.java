package org.ocmcore.cache.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class RoundsTest {
  /** No time at all: one round that does not count, and the fewest that do. */
  private final Rounds rounds = new Rounds(Duration.ZERO);

  private static Probe telling(double... numbers) {
    Queue<Double> left = new ArrayDeque<>();
    for (double number : numbers) {
      left.add(number);
    }
    return left::remove;
  }

  @Test
  void theFirstRoundDoesNotCount() {
    Outcome outcome =
        rounds.measure(Comparison.of("it", Unit.SECONDS, telling(100, 0.1, 0.3, 0.2)));
    assertEquals("200 ms (100–300)", outcome.oursText());
    assertEquals("", outcome.referenceText());
    assertEquals("", outcome.ratioText());
  }

  @Test
  void theRatioIsTheMedianOfTheRatiosOfTheRounds() {
    Outcome outcome = rounds.measure(Comparison.of("it", Unit.SECONDS, telling(9, 1, 20, 6))
        .against("other", telling(1, 2, 10, 2))
        .target(Target.ratioAtMost(2)));
    assertEquals("other: 2.00 s (2.00–10.0)", outcome.referenceText());
    assertEquals("2.00 (0.50–3.00)", outcome.ratioText());
    assertEquals("yes", outcome.verdict());
  }

  @Test
  void theTwoTakeTurnsInWhoIsFirst() {
    List<String> order = new ArrayList<>();
    rounds.measure(Comparison.of("it", Unit.SECONDS, () -> count(order, "a"))
        .against("other", () -> count(order, "b")));
    assertEquals("ab ab ba ab", String.join("", order).replaceAll("..(?!$)", "$0 "));
  }

  private static int count(List<String> order, String who) {
    order.add(who);
    return order.size();
  }

  @Test
  void whatTakesRoomIsMeasuredOnce() {
    Outcome outcome =
        rounds.measure(Comparison.of("it", Unit.BYTES_PER_KEY, telling(64)).once());
    assertEquals("64.0 B/key", outcome.oursText());
  }

  @Test
  void whatVariesMuchIsMeasuredMoreOften() {
    Outcome outcome = rounds.measure(
        Comparison.of("it", Unit.SECONDS, telling(9, 1, 2, 3, 4, 5)).rounds(5));
    assertEquals("3.00 s (1.00–5.00)", outcome.oursText());
  }

  @Test
  void aFailureIsTellingWhyAndHasNoNumber() {
    Outcome outcome = rounds.measure(Comparison.of("it", Unit.SECONDS, () -> {
          throw new IOException("status 404");
        })
        .target(Target.under(Unit.SECONDS, 1)));
    assertTrue(outcome.isFailed());
    assertEquals("failed", outcome.oursText());
    assertEquals("status 404", outcome.failure());
    assertEquals("no", outcome.verdict());
  }

  @Test
  void aFailureInALaterRoundIsAFailureToo() {
    assertTrue(
        rounds.measure(Comparison.of("it", Unit.SECONDS, telling(1, 1, 1))).isFailed());
    assertTrue(rounds
        .measure(Comparison.of("it", Unit.SECONDS, telling(1, 1, 1, 1))
            .against("other", telling(1, 1, 1)))
        .isFailed());
    assertFalse(
        rounds.measure(Comparison.of("it", Unit.SECONDS, telling(1, 1, 1, 1))).isFailed());
  }

  @Test
  void anInterruptionIsKept() {
    Outcome outcome = rounds.measure(Comparison.of("it", Unit.SECONDS, () -> {
      throw new InterruptedException();
    }));
    assertTrue(Thread.interrupted());
    assertTrue(outcome.isFailed());
  }
}
