package org.ocmcore.cache.benchmarks.measure;

import java.util.Arrays;

/** What was measured of one thing: at least one number. Immutable. */
public final class Samples {
  private final double[] ascending;

  private Samples(double[] ascending) {
    this.ascending = ascending;
  }

  /** @throws IllegalArgumentException if there is none, or one that is not finite */
  public static Samples of(double... samples) {
    if (samples.length == 0) {
      throw new IllegalArgumentException("there are no samples");
    }
    double[] ascending = samples.clone();
    Arrays.sort(ascending);
    if (!Double.isFinite(ascending[0]) || !Double.isFinite(ascending[ascending.length - 1])) {
      throw new IllegalArgumentException(
          "not all samples are numbers: " + Arrays.toString(samples));
    }
    return new Samples(ascending);
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

  /** The one in the middle, or the mean of the two there. */
  public double median() {
    int middle = ascending.length / 2;
    return ascending.length % 2 == 1
        ? ascending[middle]
        : (ascending[middle - 1] + ascending[middle]) / 2;
  }

  /**
   * The smallest sample that is at least as large as this share of all.
   *
   * @param percent more than 0 and at most 100
   */
  public double percentile(double percent) {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException(percent + " percent");
    }
    return ascending[(int) Math.ceil(percent / 100 * ascending.length) - 1];
  }
}
