package org.ocmcore.cache.domain.tracking;

import java.util.Arrays;

/** Which walk each server is at, and what else decides about news. Guarded by its owner. */
final class Walks {
  private static final long MICROS = 1_000_000;

  /** A feed is behind by less than that, unless it has skipped, which is told. */
  private static final long LATE = 10 * MICROS;

  private final int[] numbers;
  private final boolean[] underWay;
  private final boolean[] followed;
  private final long[] flushed;

  Walks(int servers) {
    numbers = new int[servers];
    underWay = new boolean[servers];
    followed = new boolean[servers];
    flushed = new long[servers];
    Arrays.fill(flushed, Long.MIN_VALUE);
  }

  void begin(int server) {
    number(server, numbers[server] + 1);
    underWay[server] = true;
  }

  private void number(int server, int number) {
    numbers[server] = number % Facts.WALKS;
  }

  void end(int server) {
    underWay[server] = false;
  }

  void follow(int server, boolean live) {
    followed[server] = live;
  }

  /** All that was stored before this moment, in microseconds since the epoch, is gone. */
  void flush(int server, long micros) {
    flushed[server] = micros;
    number(server, numbers[server] + 1);
  }

  /** The number of the walk that is under way, or of the last. */
  int number(int server) {
    return numbers[server];
  }

  /** Whether old news of a removed key may still come. */
  boolean needsTraces(int server) {
    return underWay[server] || followed[server];
  }

  long flushed(int server) {
    return flushed[server];
  }

  /**
   * Whether a copy is over after a flush.
   *
   * @param walk the number since then: with an older one it was told before, but what was stored
   *     may be newer than the flush for all that
   * @param second in which all was flushed
   */
  static boolean isFlushed(Block block, int index, int server, int walk, long second) {
    int tag = block.tag(index);
    if (Facts.server(tag) != server || isSince(walk, Facts.walk(tag))) {
      return false;
    }
    int access = block.fact(index, Facts.ACCESS);
    return Facts.is(tag, Facts.DEAD) || access == Facts.UNKNOWN || Facts.access(access) <= second;
  }

  /** Whether a walk is this one or a later one; numbers begin anew now and then. */
  private static boolean isSince(int walk, int other) {
    return Math.floorMod(other - walk, Facts.WALKS) < Facts.WALKS / 2;
  }

  /** Whether a copy is over once the walk of its server has ended. */
  boolean isSwept(Block block, int index, int server, long nowMicros) {
    int tag = block.tag(index);
    if (Facts.server(tag) != server) {
      return false;
    }
    if (Facts.is(tag, Facts.DEAD)) {
      long removed =
          Facts.removed(block.fact(index, Facts.EXPIRY), block.fact(index, Facts.ACCESS));
      return removed < nowMicros - LATE;
    }
    return Facts.walk(tag) != numbers[server];
  }
}
