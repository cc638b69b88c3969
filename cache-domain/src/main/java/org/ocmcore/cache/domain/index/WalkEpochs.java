package org.ocmcore.cache.domain.index;

import java.util.Arrays;

/** Which walk each server is at, and what else decides about news. Guarded by its owner. */
final class WalkEpochs {
  private static final long MICROS = 1_000_000;

  /** A feed is behind by less than that, unless it has skipped, which is told. */
  private static final long LATE = 10 * MICROS;

  private final int[] numbers;
  private final boolean[] underWay;
  private final boolean[] followed;
  private final long[] flushed;

  WalkEpochs(int servers) {
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
    numbers[server] = number % KeyMetadata.WALKS;
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
    if (KeyMetadata.server(tag) != server || isSince(walk, KeyMetadata.walk(tag))) {
      return false;
    }
    int access = block.fact(index, KeyMetadata.ACCESS);
    return KeyMetadata.is(tag, KeyMetadata.TOMBSTONE)
        || access == KeyMetadata.UNKNOWN
        || KeyMetadata.access(access) <= second;
  }

  /** Whether a walk is this one or a later one; numbers begin anew now and then. */
  private static boolean isSince(int walk, int other) {
    return Math.floorMod(other - walk, KeyMetadata.WALKS) < KeyMetadata.WALKS / 2;
  }

  /** Whether a copy is over once the walk of its server has ended. */
  boolean isStale(Block block, int index, int server, long nowMicros) {
    int tag = block.tag(index);
    if (KeyMetadata.server(tag) != server) {
      return false;
    }
    if (KeyMetadata.is(tag, KeyMetadata.TOMBSTONE)) {
      long removed = KeyMetadata.removed(
          block.fact(index, KeyMetadata.EXPIRY), block.fact(index, KeyMetadata.ACCESS));
      return removed < nowMicros - LATE;
    }
    return KeyMetadata.walk(tag) != numbers[server];
  }
}
