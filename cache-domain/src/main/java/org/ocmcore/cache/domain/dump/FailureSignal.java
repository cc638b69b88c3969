package org.ocmcore.cache.domain.dump;

/** Stops the threads of a task for one reason: the first. Safe for use by any number of threads. */
final class FailureSignal {
  private volatile RuntimeException reason;

  /** Stops the threads, unless they are stopped already. */
  synchronized void stop(RuntimeException why) {
    if (reason == null) {
      reason = why;
    }
  }

  /** Throws the reason if there is one. */
  void check() {
    RuntimeException why = reason;
    if (why != null) {
      throw why;
    }
  }
}
