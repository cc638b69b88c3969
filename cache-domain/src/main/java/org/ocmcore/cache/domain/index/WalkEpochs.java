package org.ocmcore.cache.domain.index;

import java.util.Arrays;

/**
 * The number of the current walk of each server, and the time of its last flush. Guarded by its
 * owner.
 */
final class WalkEpochs {
  private static final long MICROS = 1_000_000;

  /** Feeds are late by less than this, unless they skip changes, which they report. */
  private static final long LATE = 10 * MICROS;

  private static final int WALKS_DURING_A_FLUSH = 16;

  private int[] numbers;
  private boolean[] underWay;
  private boolean[] followed;
  private long[] flushed;

  WalkEpochs(int servers) {
    numbers = new int[servers];
    underWay = new boolean[servers];
    followed = new boolean[servers];
    flushed = new long[servers];
    Arrays.fill(flushed, Long.MIN_VALUE);
  }

  /**
   * A server has joined, perhaps with the number of one that has left.
   *
   * @param micros since the epoch
   */
  void join(int server, long micros) {
    int size = numbers.length;
    if (server < size) {
      // A late change of the former server must not count.
      flushed[server] = micros;
      return;
    }
    numbers = Arrays.copyOf(numbers, server + 1);
    underWay = Arrays.copyOf(underWay, server + 1);
    followed = Arrays.copyOf(followed, server + 1);
    flushed = Arrays.copyOf(flushed, server + 1);
    Arrays.fill(flushed, size, server + 1, Long.MIN_VALUE);
  }

  /** A server has left: from now on all its changes are old. */
  void leave(int server) {
    flush(server, Long.MAX_VALUE);
    underWay[server] = false;
    followed[server] = false;
  }

  boolean hasLeft(int server) {
    return flushed[server] == Long.MAX_VALUE;
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

  /**
   * Everything that was stored before this time is gone.
   *
   * @param micros since the epoch
   */
  void flush(int server, long micros) {
    flushed[server] = Math.max(flushed[server], micros);
    number(server, numbers[server] + 1);
  }

  /** The number of the current walk, or of the last. */
  int number(int server) {
    return numbers[server];
  }

  /** Whether older changes of a removed key may still come. */
  boolean needsTraces(int server) {
    return underWay[server] || followed[server];
  }

  long flushed(int server) {
    return flushed[server];
  }

  /**
   * Whether a flush removes a copy.
   *
   * @param walk the number that counts since the flush; copies with an older number were reported
   *     before it, but may have been stored after it
   * @param second of the flush, since the epoch
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

  /** Whether a walk number is this one, or one of the few that can begin during a flush. */
  private static boolean isSince(int walk, int other) {
    return Math.floorMod(other - walk, KeyMetadata.WALKS) < WALKS_DURING_A_FLUSH;
  }

  /** Whether the end of a walk removes a copy. */
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
