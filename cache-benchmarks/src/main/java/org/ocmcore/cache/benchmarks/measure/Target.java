package org.ocmcore.cache.benchmarks.measure;

import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;

/** Limits that a median must keep. Immutable. */
public final class Target {
  /** No limits. */
  public static final Target NONE = new Target(List.of());

  private final List<Limit> limits;

  private Target(List<Limit> limits) {
    this.limits = limits;
  }

  /** Less than this number. */
  public static Target under(Unit unit, double number) {
    return of("under " + unit.text(number), false, median -> median < number);
  }

  /** This number or less. */
  public static Target atMost(Unit unit, double number) {
    return of("at most " + unit.text(number), false, median -> median <= number);
  }

  /** At most this many times the reference. */
  public static Target ratioAtMost(double ratio) {
    return of("at most %s ×".formatted(ratio), true, median -> median <= ratio);
  }

  /** At least this many times the reference. */
  public static Target ratioAtLeast(double ratio) {
    return of("at least %s ×".formatted(ratio), true, median -> median >= ratio);
  }

  /** Less than the reference. */
  public static Target faster() {
    return of("faster", true, median -> median < 1);
  }

  private static Target of(String text, boolean isRatio, DoublePredicate predicate) {
    return new Target(List.of(new Limit(text, isRatio, predicate)));
  }

  /** Both targets. */
  public Target and(Target other) {
    return new Target(Stream.concat(limits.stream(), other.limits.stream()).toList());
  }

  /**
   * {@code yes} or {@code no}; {@code ?} if it depends on a reference that is missing; empty if
   * there are no limits.
   */
  String verdict(Samples ours, Optional<Samples> ratios) {
    if (limits.isEmpty()) {
      return "";
    }
    boolean isKnown = true;
    for (Limit limit : limits) {
      Optional<Samples> limited = limit.isRatio ? ratios : Optional.of(ours);
      if (limited.isPresent() && !limit.predicate.test(limited.get().median())) {
        return "no";
      }
      isKnown &= limited.isPresent();
    }
    return isKnown ? "yes" : "?";
  }

  /** The limits as text; empty if there are none. */
  @Override
  public String toString() {
    return String.join(", ", limits.stream().map(Limit::text).toList());
  }

  private record Limit(String text, boolean isRatio, DoublePredicate predicate) {}
}
