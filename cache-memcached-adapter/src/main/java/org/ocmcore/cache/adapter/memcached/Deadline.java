package org.ocmcore.cache.adapter.memcached;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** The moment by which an answer must be complete. */
final class Deadline {
  /** Never: it always has a second left. */
  static final Deadline NEVER = new Deadline(Duration.ofSeconds(1), true);

  private final Duration timeout;
  private final boolean endless;
  private final long end;

  private Deadline(Duration timeout, boolean endless) {
    this.timeout = timeout;
    this.endless = endless;
    this.end = System.nanoTime() + timeout.toNanos();
  }

  static Deadline in(Duration timeout) {
    return new Deadline(timeout, false);
  }

  /**
   * What is left, at least 1 ms.
   *
   * @throws SocketTimeoutException if nothing is
   */
  long remainingMillis() throws SocketTimeoutException {
    long left = endless ? timeout.toNanos() : end - System.nanoTime();
    if (left <= 0) {
      throw expired();
    }
    return Math.max(1, left / 1_000_000);
  }

  SocketTimeoutException expired() {
    return new SocketTimeoutException("no answer within " + timeout.toMillis() + " ms");
  }
}
