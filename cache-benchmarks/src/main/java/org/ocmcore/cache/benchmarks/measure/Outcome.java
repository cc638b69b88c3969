package org.ocmcore.cache.benchmarks.measure;

import java.util.Optional;

/** What came out of a {@link Comparison}: numbers, or why there are none. Immutable. */
public final class Outcome {
  private final Comparison comparison;
  private final Optional<Samples> ours;
  private final Optional<Samples> theirs;
  private final Optional<Samples> ratios;
  private final String failure;

  private Outcome(
      Comparison comparison,
      Optional<Samples> ours,
      Optional<Samples> theirs,
      Optional<Samples> ratios,
      String failure) {
    this.comparison = comparison;
    this.ours = ours;
    this.theirs = theirs;
    this.ratios = ratios;
    this.failure = failure;
  }

  static Outcome of(Comparison comparison, double[] ours) {
    return new Outcome(
        comparison, Optional.of(Samples.of(ours)), Optional.empty(), Optional.empty(), "");
  }

  /** Each round has a ratio of its own: what slows both does not change it. */
  static Outcome of(Comparison comparison, double[] ours, double[] theirs) {
    double[] ratios = new double[ours.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ours[i] / theirs[i];
    }
    return new Outcome(
        comparison,
        Optional.of(Samples.of(ours)),
        Optional.of(Samples.of(theirs)),
        Optional.of(Samples.of(ratios)),
        "");
  }

  static Outcome failed(Comparison comparison, String failure) {
    return new Outcome(comparison, Optional.empty(), Optional.empty(), Optional.empty(), failure);
  }

  /** What was measured. */
  public String what() {
    return comparison.what();
  }

  public boolean isFailed() {
    return ours.isEmpty();
  }

  /** Why there are no numbers; empty if there are. */
  public String failure() {
    return failure;
  }

  /** The median, or {@code failed}. */
  String shortText() {
    return ours.map(samples -> comparison.unit().text(samples.median())).orElse("failed");
  }

  String oursText() {
    return ours.map(comparison.unit()::text).orElse("failed");
  }

  String referenceText() {
    return theirs
        .map(samples -> comparison.reference().orElseThrow().name() + ": "
            + comparison.unit().text(samples))
        .orElse("");
  }

  String ratioText() {
    return ratios.map(Unit.RATIO::text).orElse("");
  }

  String targetText() {
    return comparison.target().toString();
  }

  /** As {@link Target#verdict}, and {@code no} if it failed. */
  String verdict() {
    if (ours.isEmpty()) {
      return targetText().isEmpty() ? "" : "no";
    }
    return comparison.target().verdict(ours.get(), ratios);
  }
}
