package org.ocmcore.cache.benchmarks.measure;

/** Something that can be measured again and again. */
@FunctionalInterface
public interface Probe {
  /**
   * Does it once.
   *
   * @return the number that came out
   * @throws Exception if it did not do what it should: then there is no number
   */
  double measure() throws Exception;

  /** The seconds that some work takes. */
  static Probe seconds(Work work) {
    return () -> {
      long start = System.nanoTime();
      work.run();
      return (System.nanoTime() - start) / 1e9;
    };
  }

  /** Something to do that may fail. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }
}
