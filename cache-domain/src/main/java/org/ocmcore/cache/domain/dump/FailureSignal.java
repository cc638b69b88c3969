package org.ocmcore.cache.domain.dump;

/**
 * Ends work that goes on in several threads, for one reason: the first. For any number of threads.
 */
final class FailureSignal {
  private volatile RuntimeException reason;

  /** Everybody is to stop, unless they are already. */
  synchronized void stop(RuntimeException why) {
    if (reason == null) {
      reason = why;
    }
  }

  /** Throws the reason if there is one to stop. */
  void check() {
    RuntimeException why = reason;
    if (why != null) {
      throw why;
    }
  }
}
