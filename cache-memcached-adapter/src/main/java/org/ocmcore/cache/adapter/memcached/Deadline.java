package org.ocmcore.cache.adapter.memcached;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** The time by which a response must be complete. Immutable. */
final class Deadline {
  /** Never expires: it always has one second left. */
  static final Deadline NEVER = new Deadline(Duration.ofSeconds(1), Duration.ofSeconds(1), true);

  private final Duration timeout;

  /** What the caller was given, of which this may be a part. */
  private final Duration whole;

  private final boolean endless;
  private final long end;

  private Deadline(Duration timeout, Duration whole, boolean endless) {
    this.timeout = timeout;
    this.whole = whole;
    this.endless = endless;
    this.end = System.nanoTime() + timeout.toNanos();
  }

  /** Returns the deadline that expires after this time from now. */
  static Deadline in(Duration timeout) {
    return new Deadline(timeout, timeout, false);
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
   * Returns a deadline that expires when a part of the remaining time has passed. Its exception
   * names the whole time, which is the one that users know.
   *
   * @throws SocketTimeoutException if no time is left
   */
  Deadline part(int numerator, int denominator) throws SocketTimeoutException {
    return numerator == denominator
        ? this
        : new Deadline(
            Duration.ofMillis(remainingMillis() * numerator / denominator), whole, false);
  }

  /** Returns the exception to throw when the time is over. */
  SocketTimeoutException expired() {
    return expired("answer", "");
  }

  /**
   * Returns the same for something else than an answer.
   *
   * @param missing what did not come in time
   * @param reasons why that may be, with what to do; added to the message as it is
   */
  SocketTimeoutException expired(String missing, String reasons) {
    return new SocketTimeoutException(
        "no %s within %d ms%s".formatted(missing, whole.toMillis(), reasons));
  }
}
