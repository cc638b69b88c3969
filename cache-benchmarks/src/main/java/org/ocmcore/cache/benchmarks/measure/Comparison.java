package org.ocmcore.cache.benchmarks.measure;

import java.util.Optional;

/**
 * A row of the table: a measurement, its reference and its target.
 *
 * @param what names the row, the same at every size
 * @param cold the same as {@code ours} where everything has just started, which is measured a few
 *     times before the warm-up; empty if only the warm state counts
 * @param reference what it is compared with; empty if with nothing
 * @param minRounds how many rounds count at least; with 1 there is exactly one round and no warm-up
 */
public record Comparison(
    String what,
    Unit unit,
    Measurement ours,
    Optional<Measurement> cold,
    Optional<Reference> reference,
    Target target,
    int minRounds) {
  private static final int DEFAULT_MIN_ROUNDS = 3;

  /** A row without reference and target. */
  public static Comparison of(String what, Unit unit, Measurement ours) {
    return new Comparison(
        what, unit, ours, Optional.empty(), Optional.empty(), Target.NONE, DEFAULT_MIN_ROUNDS);
  }

  /** The same row with a reference. */
  public Comparison against(String name, Measurement measurement) {
    Reference other = new Reference(name, measurement);
    return new Comparison(what, unit, ours, cold, Optional.of(other), target, minRounds);
  }

  /** The same row, measured cold too; the target holds for both. */
  public Comparison cold(Measurement measurement) {
    return new Comparison(what, unit, ours, Optional.of(measurement), reference, target, minRounds);
  }

  /** The same row with a target. */
  public Comparison target(Target target) {
    return new Comparison(what, unit, ours, cold, reference, target, minRounds);
  }

  /** The same row with at least this many rounds, for numbers that vary much. */
  public Comparison minRounds(int rounds) {
    return new Comparison(what, unit, ours, cold, reference, target, rounds);
  }

  /** The same row with one round, for sizes and for operations that take long. */
  public Comparison once() {
    return minRounds(1);
  }

  boolean isOnce() {
    return minRounds == 1;
  }

  /** The other side of a comparison. */
  public record Reference(String name, Measurement measurement) {}
}
