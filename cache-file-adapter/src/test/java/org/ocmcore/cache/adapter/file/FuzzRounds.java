package org.ocmcore.cache.adapter.file;

/**
 * How many rounds a random search takes. The defaults keep every test class below ten seconds;
 * {@code -Dcache.fuzz.factor=10} multiplies them for a long search.
 */
final class FuzzRounds {
  private static final int FACTOR = Integer.getInteger("cache.fuzz.factor", 1);

  private FuzzRounds() {}

  static int of(int byDefault) {
    return Math.multiplyExact(byDefault, FACTOR);
  }
}
