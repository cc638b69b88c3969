package org.ocmcore.cache.benchmarks.suite;

import org.ocmcore.cache.benchmarks.measure.Scores;

/** Comparisons that belong together. */
@FunctionalInterface
interface Suite {
  /**
   * Measures them all.
   *
   * @param stage on which everything may be done that leaves its items as they are
   * @throws Exception if not even the preparations succeed
   */
  void run(Stage stage, Scores scores) throws Exception;
}
