package org.ocmcore.cache.adapter.memcached;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** The time by which a response must be complete. Immutable. */
final class Deadline {
  /** Never expires: it always has one second left. */
  static final Deadline NEVER = new Deadline(Duration.ofSeconds(1), true);

  private final Duration timeout;
  private final boolean endless;
  private final long end;

  private Deadline(Duration timeout, boolean endless) {
    this.timeout = timeout;
    this.endless = endless;
    this.end = System.nanoTime() + timeout.toNanos();
  }

  /** Returns the deadline that expires after this time from now. */
  static Deadline in(Duration timeout) {
    return new Deadline(timeout, false);
  }

  /**
   * Returns the remaining time in milliseconds, at least 1.
   *
   * @throws SocketTimeoutException if no time is left
   */
  long remainingMillis() throws SocketTimeoutException {
    long left = endless ? timeout.toNanos() : end - System.nanoTime();
    if (left <= 0) {
      throw expired();
    }
    return Math.max(1, left / 1_000_000);
  }

  /**
   * Returns a deadline that expires when a part of the remaining time has passed.
   *
   * @throws SocketTimeoutException if no time is left
   */
  Deadline part(int numerator, int denominator) throws SocketTimeoutException {
    return numerator == denominator
        ? this
        : in(Duration.ofMillis(remainingMillis() * numerator / denominator));
  }

  boolean isExpired() {
    return !endless && end - System.nanoTime() <= 0;
  }

  /** Returns the exception to throw when the time is over. */
  SocketTimeoutException expired() {
    return new SocketTimeoutException("no answer within " + timeout.toMillis() + " ms");
  }
}
