package org.ocmcore.cache.adapter.memcached;

/**
 * The end of a process. {@link Process#onExit} is of no use for that: what it returns completes on
 * the common pool, which on two cores has one thread since Java 25, and that may be taken.
 */
public final class ProcessEnd {
  private ProcessEnd() {}

  /** Waits for it, also in a thread that is interrupted, and returns the exit status. */
  public static int await(Process process) {
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return process.waitFor();
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
