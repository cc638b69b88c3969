package org.ocmcore.cache.viewer;

import java.time.Duration;

/**
 * How much work one view may cost.
 *
 * @param depth the most levels of nesting in a shown value, at least 1 and at most 200, since
 *     parsers call themselves for each level
 * @param output the most bytes that all decoders of a view put out together, and the most
 *     characters of its text
 * @param ratio the most bytes that a decompressor may put out for each byte of its input, once it
 *     has put out {@code ratioFrom} bytes
 * @param ratioFrom the bytes up to which the ratio is not limited: short repetitions compress well
 * @param time the most time a view takes
 */
public record ViewLimits(int depth, int output, int ratio, int ratioFrom, Duration time) {
  /** 100 levels, 64 MiB, a ratio of 1,000 from 1 MiB on, and two seconds. */
  public static final ViewLimits DEFAULT =
      new ViewLimits(100, 64 << 20, 1000, 1 << 20, Duration.ofSeconds(2));

  /** Validates. */
  public ViewLimits {
    require(depth >= 1 && depth <= 200, "depth", depth, "from 1 to 200");
    require(output >= 1, "output", output, "positive");
    require(ratio >= 1, "ratio", ratio, "positive");
    require(ratioFrom >= 1, "ratioFrom", ratioFrom, "positive");
    require(!time.isNegative() && !time.isZero(), "time", time, "positive");
  }

  private static void require(boolean holds, String field, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(field + " is " + value + ", it must be " + rule);
    }
  }
}
