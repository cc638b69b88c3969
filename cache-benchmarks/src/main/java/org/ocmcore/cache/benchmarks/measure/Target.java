package org.ocmcore.cache.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a median should be. Immutable. */
public final class Target {
  /** Anything will do. */
  public static final Target NONE = new Target(List.of());

  private final List<Limit> limits;

  private Target(List<Limit> limits) {
    this.limits = limits;
  }

  /** Less than this. */
  public static Target under(Unit unit, double number) {
    return of("under " + unit.text(number), false, median -> median < number);
  }

  /** This or less. */
  public static Target atMost(Unit unit, double number) {
    return of("at most " + unit.text(number), false, median -> median <= number);
  }

  /** At most so many times what it is compared with. */
  public static Target ratioAtMost(double ratio) {
    return of("at most %s ×".formatted(ratio), true, median -> median <= ratio);
  }

  /** At least so many times what it is compared with. */
  public static Target ratioAtLeast(double ratio) {
    return of("at least %s ×".formatted(ratio), true, median -> median >= ratio);
  }

  /** Less than what it is compared with. */
  public static Target faster() {
    return of("faster", true, median -> median < 1);
  }

  private static Target of(String text, boolean isRatio, Test test) {
    return new Target(List.of(new Limit(text, isRatio, test)));
  }

  /** Both. */
  public Target and(Target other) {
    List<Limit> both = new ArrayList<>(limits);
    both.addAll(other.limits);
    return new Target(List.copyOf(both));
  }

  /**
   * Tells {@code yes}, {@code no}, {@code ?} if what it should be compared with is missing, or
   * nothing if there is no target.
   */
  String verdict(Samples ours, Optional<Samples> ratios) {
    if (limits.isEmpty()) {
      return "";
    }
    boolean isKnown = true;
    for (Limit limit : limits) {
      Optional<Samples> judged = limit.isRatio ? ratios : Optional.of(ours);
      if (judged.isPresent() && !limit.test.holds(judged.get().median())) {
        return "no";
      }
      isKnown &= judged.isPresent();
    }
    return isKnown ? "yes" : "?";
  }

  /** For people; empty if there is none. */
  @Override
  public String toString() {
    return String.join(", ", limits.stream().map(Limit::text).toList());
  }

  private interface Test {
    boolean holds(double median);
  }

  private record Limit(String text, boolean isRatio, Test test) {}
}
