package org.ocmcore.cache.benchmarks.measure;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The numbers of a {@link Comparison}, or the reason why there are none.
 *
 * @param ours empty if the comparison failed
 * @param reference empty if there is no reference
 * @param ratios ours to the reference in each round; empty if there is no reference
 * @param failure the reason; empty if there are numbers
 */
public record Outcome(
    Comparison comparison,
    Optional<Samples> ours,
    Optional<Samples> reference,
    Optional<Samples> ratios,
    String failure) {
  /** @param references one for each round, or none at all */
  static Outcome of(Comparison comparison, List<Double> ours, List<Double> references) {
    // The ratio is that of each round, so load on the machine during a round affects both sides.
    List<Double> ratios = IntStream.range(0, references.size())
        .mapToObj(i -> ours.get(i) / references.get(i))
        .toList();
    return new Outcome(
        comparison, Optional.of(Samples.of(ours)), samples(references), samples(ratios), "");
  }

  private static Optional<Samples> samples(List<Double> numbers) {
    return numbers.isEmpty() ? Optional.empty() : Optional.of(Samples.of(numbers));
  }

  static Outcome failed(Comparison comparison, String failure) {
    return new Outcome(comparison, Optional.empty(), Optional.empty(), Optional.empty(), failure);
  }

  /** The name of the row. */
  public String what() {
    return comparison.what();
  }

  public boolean isFailed() {
    return ours.isEmpty();
  }

  String oursText() {
    return ours.map(comparison.unit()::text).orElse("failed");
  }

  String referenceText() {
    String name = comparison.reference().map(Comparison.Reference::name).orElse("");
    return reference
        .map(samples -> name + ": " + comparison.unit().text(samples))
        .orElse("");
  }

  String ratioText() {
    return ratios.map(Unit.RATIO::text).orElse("");
  }

  /** {@link Target#verdict}; {@code no} if the comparison failed. */
  String verdict() {
    Target target = comparison.target();
    return ours.map(samples -> target.verdict(samples, ratios))
        .orElse(target.toString().isEmpty() ? "" : "no");
  }
}
