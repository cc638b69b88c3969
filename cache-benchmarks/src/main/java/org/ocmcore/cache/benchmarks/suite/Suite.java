package org.ocmcore.cache.benchmarks.suite;

import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;

/** Comparisons that belong together. */
@FunctionalInterface
interface Suite {
  /**
   * Runs all comparisons. The items of the testbed stay as they are.
   *
   * @throws Exception if the preparations fail
   */
  void run(Testbed testbed, BenchmarkRunner runner) throws Exception;
}
