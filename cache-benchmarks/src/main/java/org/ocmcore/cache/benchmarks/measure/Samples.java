package org.ocmcore.cache.benchmarks.measure;

import java.util.List;

/** The numbers of one measurement's rounds, at least one. Immutable. */
public final class Samples {
  private final double[] ascending;

  private Samples(double[] ascending) {
    this.ascending = ascending;
  }

  /** @throws IllegalArgumentException if there are none, or if one is not finite */
  public static Samples of(List<Double> samples) {
    if (samples.isEmpty() || !samples.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("samples must be finite numbers: " + samples);
    }
    return new Samples(
        samples.stream().mapToDouble(Double::doubleValue).sorted().toArray());
  }

  public int size() {
    return ascending.length;
  }

  public double min() {
    return ascending[0];
  }

  public double max() {
    return ascending[ascending.length - 1];
  }

  /** The middle number, or the mean of the two middle ones. */
  public double median() {
    int middle = ascending.length / 2;
    return ascending.length % 2 == 1
        ? ascending[middle]
        : (ascending[middle - 1] + ascending[middle]) / 2;
  }
}
