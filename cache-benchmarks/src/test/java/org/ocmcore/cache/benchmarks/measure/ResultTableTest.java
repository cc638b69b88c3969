package org.ocmcore.cache.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  @Test
  void columnsAreAligned() {
    ResultTable table = new ResultTable("what", "n");
    table.add("a", "1,000");
    assertEquals("""
        | what | n     |
        |------|-------|
        | a    | 1,000 |
        """, table.toString());
  }

  @Test
  void aCellHasNoBreaks() {
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
    BenchmarkRunner runner =
        new BenchmarkRunner(Duration.ZERO, new PrintStream(OutputStream.nullOutputStream()));
    runner.run(Comparison.of("walk", Unit.SECONDS, () -> 3)
        .against("bare", () -> 2)
        .target(Target.ratioAtMost(1.5)));
    runner.run(Comparison.of("small: heap", Unit.BYTES_PER_KEY, () -> 90).once());
    assertEquals("""
        | what        | ours               | reference                | ratio            | target        | met |
        |-------------|--------------------|--------------------------|------------------|---------------|-----|
        | walk        | 3.00 s (3.00–3.00) | bare: 2.00 s (2.00–2.00) | 1.50 (1.50–1.50) | at most 1.5 × | yes |
        | small: heap | 90.0 B/key         |                          |                  |               |     |
        """, ResultTable.of(runner.outcomes()).toString());
  }

  @Test
  void theColdStateHasAColumnIfItWasMeasured() {
    BenchmarkRunner runner =
        new BenchmarkRunner(Duration.ZERO, new PrintStream(OutputStream.nullOutputStream()));
    runner.run(Comparison.of("walk", Unit.SECONDS, () -> 3).cold(() -> 4));
    runner.run(Comparison.of("heap", Unit.BYTES_PER_KEY, () -> 90).once());
    assertEquals("""
        | what | just started       | ours               | reference | ratio | target | met |
        |------|--------------------|--------------------|-----------|-------|--------|-----|
        | walk | 4.00 s (4.00–4.00) | 3.00 s (3.00–3.00) |           |       |        |     |
        | heap |                    | 90.0 B/key         |           |       |        |     |
        """, ResultTable.of(runner.outcomes()).toString());
  }
}
