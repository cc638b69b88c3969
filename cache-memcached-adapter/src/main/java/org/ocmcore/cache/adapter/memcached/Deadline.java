package org.ocmcore.cache.adapter.memcached;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** The moment by which an answer must be complete. */
final class Deadline {
  private final Duration timeout;
  private final long end;

  private Deadline(Duration timeout) {
    this.timeout = timeout;
    this.end = System.nanoTime() + timeout.toNanos();
  }

  static Deadline in(Duration timeout) {
    return new Deadline(timeout);
  }

  /**
   * What is left, at least 1 ms.
   *
   * @throws SocketTimeoutException if nothing is
   */
  long remainingMillis() throws SocketTimeoutException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw expired();
    }
    return Math.max(1, left / 1_000_000);
  }

  SocketTimeoutException expired() {
    return new SocketTimeoutException("no answer within " + timeout.toMillis() + " ms");
  }
}
