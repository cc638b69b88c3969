package org.ocmcore.cache.benchmarks.measure;

/** An operation that yields a number each time it is executed. */
@FunctionalInterface
public interface Measurement {
  /**
   * Executes it once.
   *
   * @return the number, in the unit of its comparison
   * @throws Exception if the operation failed or gave a wrong result; there is no number then
   */
  double measure() throws Exception;

  /** The seconds that an action takes. */
  static Measurement seconds(Action action) {
    return () -> {
      long start = System.nanoTime();
      action.execute();
      return (System.nanoTime() - start) / 1e9;
    };
  }

  /** What {@link #seconds} times. */
  @FunctionalInterface
  interface Action {
    void execute() throws Exception;
  }
}
