package org.ocmcore.cache.adapter.memcached;

/**
 * A server's clock beside ours.
 *
 * @param time seconds since the epoch, by the server's clock
 * @param ahead seconds by which that is ahead of ours
 */
record ServerClock(long time, long ahead) {
  /** By at most this many seconds two clocks differ that tell whole seconds and agree. */
  private static final long NOISE = 2;

  /**
   * Compares the clocks.
   *
   * @param time seconds since the epoch by the server's clock
   * @param ours the same by ours
   */
  static ServerClock compare(long time, long ours) {
    long difference = time - ours;
    return new ServerClock(time, Math.abs(difference) <= NOISE ? 0 : difference);
  }

  /** A second that the server told, by our clock. */
  long ours(long theirs) {
    return theirs - ahead;
  }
}
