package org.ocmcore.cache.adapter.memcached;

/**
 * A server's clock, compared with the local clock.
 *
 * @param serverTime the server's time in seconds since the epoch
 * @param aheadSeconds the seconds by which the server's clock is ahead of the local one
 */
record ServerClock(long serverTime, long aheadSeconds) {
  /** Equal clocks differ by up to this much, because they show whole seconds. */
  private static final long TOLERANCE_SECONDS = 2;

  /**
   * Compares the clocks.
   *
   * @param serverTime in seconds since the epoch
   * @param localTime in seconds since the epoch
   */
  static ServerClock compare(long serverTime, long localTime) {
    long difference = serverTime - localTime;
    return new ServerClock(serverTime, Math.abs(difference) <= TOLERANCE_SECONDS ? 0 : difference);
  }

  /** Converts a time by the server's clock to the local clock; both in seconds since the epoch. */
  long toLocal(long serverSecond) {
    return serverSecond - aheadSeconds;
  }
}
