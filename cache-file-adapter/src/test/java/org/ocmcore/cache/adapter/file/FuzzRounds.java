package org.ocmcore.cache.adapter.file;

/**
 * How long random searches take. The defaults keep every test class below ten seconds;
 * {@code -Dcache.fuzz.factor=10} makes the searches ten times as long.
 */
final class FuzzRounds {
  private static final int FACTOR = Integer.getInteger("cache.fuzz.factor", 1);

  private FuzzRounds() {}

  /** The number of random rounds. */
  static int of(int byDefault) {
    return Math.multiplyExact(byDefault, FACTOR);
  }

  /** The step through a list of cases: 1, all of them, if the factor is that large. */
  static int stride(int byDefault) {
    return Math.max(1, byDefault / FACTOR);
  }
}
