package org.ocmcore.cache.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private static Scores scores() {
    return new Scores(new Rounds(Duration.ZERO), new PrintStream(OutputStream.nullOutputStream()));
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    ResultTable table = new ResultTable("what", "n");
    table.add("a", "1,000");
    assertEquals("""
        | what | n     |
        |------|-------|
        | a    | 1,000 |
        """, table.toString());
  }

  @Test
  void aCellCannotBreakTheTable() {
    ResultTable table = new ResultTable("what");
    table.add("a|b\nc");
    assertEquals("""
        | what   |
        |--------|
        | a\\|b c |
        """, table.toString());
    assertThrows(IllegalArgumentException.class, () -> table.add("a", "b"));
  }

  @Test
  void everyOutcomeHasARow() {
    Scores scores = scores();
    scores.measure(Comparison.of("walk", Unit.SECONDS, () -> 3)
        .against("bare", () -> 2)
        .target(Target.ratioAtMost(1.5)));
    scores
        .named("small: ")
        .measure(Comparison.of("heap", Unit.BYTES_PER_KEY, () -> 90).once());
    assertEquals("""
        | what        | ours               | reference                | ratio            | target        | met |
        |-------------|--------------------|--------------------------|------------------|---------------|-----|
        | walk        | 3.00 s (3.00–3.00) | bare: 2.00 s (2.00–2.00) | 1.50 (1.50–1.50) | at most 1.5 × | yes |
        | small: heap | 90.0 B/key         |                          |                  |               |     |
        """, ResultTable.of(scores.outcomes()).toString());
  }

  @Test
  void growthHasAColumnForEachSize() {
    Scores small = scores();
    small.measure(Comparison.of("walk", Unit.SECONDS, () -> 1).once());
    Scores large = scores();
    large.measure(Comparison.of("walk", Unit.SECONDS, () -> 10).once());
    assertEquals(
        """
        | what | 1      | 10     |
        |------|--------|--------|
        | walk | 1.00 s | 10.0 s |
        """,
        ResultTable.ofGrowth(List.of("1", "10"), List.of(small.outcomes(), large.outcomes()))
            .toString());
  }
}
