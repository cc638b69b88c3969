package org.ocmcore.cache.benchmarks.measure;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The numbers of a {@link Comparison}, or the reason why there are none.
 *
 * @param ours empty if the comparison failed
 * @param cold the cold state; empty if it was not measured
 * @param reference empty if there is no reference
 * @param failure the reason; empty if there are numbers
 */
public record Outcome(
    Comparison comparison,
    Optional<Side> ours,
    Optional<Side> cold,
    Optional<Samples> reference,
    String failure) {
  /**
   * Our side.
   *
   * @param ratios to the reference in each round; empty if there is no reference
   */
  record Side(Samples samples, Optional<Samples> ratios) {
    /** @param references one for each round, or none at all */
    static Side of(List<Double> ours, List<Double> references) {
      // The ratio is that of each round, so load on the machine during a round affects both sides.
      List<Double> ratios = IntStream.range(0, references.size())
          .mapToObj(i -> ours.get(i) / references.get(i))
          .toList();
      return new Side(Samples.of(ours), Outcome.samples(ratios));
    }

    private String text(Unit unit) {
      String factor = ratios.map(found -> "; " + Unit.RATIO.text(found) + " ×").orElse("");
      return unit.text(samples) + factor;
    }
  }

  /** @param references one for each round, or none at all */
  static Outcome of(
      Comparison comparison, Optional<Side> cold, List<Double> ours, List<Double> references) {
    return new Outcome(
        comparison, Optional.of(Side.of(ours, references)), cold, samples(references), "");
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
    return ours.map(side -> comparison.unit().text(side.samples)).orElse("failed");
  }

  /** Our numbers and ratios in the cold state; empty if it was not measured. */
  String coldText() {
    return cold.map(side -> side.text(comparison.unit())).orElse("");
  }

  String referenceText() {
    String name = comparison.reference().map(Comparison.Reference::name).orElse("");
    return reference
        .map(samples -> name + ": " + comparison.unit().text(samples))
        .orElse("");
  }

  String ratioText() {
    return ours.flatMap(Side::ratios).map(Unit.RATIO::text).orElse("");
  }

  /**
   * {@link Target#verdict} of the warm state and, if that is met, of the cold one; {@code no} if
   * the comparison failed.
   */
  String verdict() {
    Target target = comparison.target();
    String warm = ours.map(side -> target.verdict(side.samples, side.ratios))
        .orElse(target.toString().isEmpty() ? "" : "no");
    return warm.equals("yes")
        ? cold.map(side -> target.verdict(side.samples, side.ratios)).orElse(warm)
        : warm;
  }
}
