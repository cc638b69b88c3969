package org.ocmcore.cache.benchmarks.load;

/** Numbers that look like chance and are the same on every run: the mixing of SplitMix64. */
final class Hash {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Hash() {}

  static long of(long index, long salt) {
    long z = (index + 1) * GOLDEN + salt * 0xD1B54A32D192ED03L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** At least 0 and less than 1. */
  static double fraction(long index, long salt) {
    return (of(index, salt) >>> 11) * 0x1p-53;
  }
}
