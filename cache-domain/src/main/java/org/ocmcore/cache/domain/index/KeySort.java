package org.ocmcore.cache.domain.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Sorts keys eight bytes at a time. Keys share long prefixes, which are compared once (Bentley and
 * Sedgewick, "Fast Algorithms for Sorting and Searching Strings", 1997). For use by one thread.
 */
final class KeySort {
  /** The number of bytes behind the last key that may be read. */
  static final int MARGIN = Long.BYTES;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int FEW = 12;

  private final byte[] keys;
  private final int[] ends;
  private final Ranks ranks;
  private final int[] order;

  /** The current eight bytes of each key, so that they compare as signed numbers. */
  private final long[] chunks;

  /** The order of equal keys. */
  @FunctionalInterface
  interface Ranks {
    /**
     * The rank of an item, from 0 to {@link KeyMetadata#SERVERS}. Items of equal rank keep their
     * order.
     */
    int of(int item);
  }

  private KeySort(byte[] keys, int[] ends, int count, Ranks ranks) {
    this.keys = keys;
    this.ends = ends;
    this.ranks = ranks;
    this.order = new int[count];
    this.chunks = new long[count];
  }

  /**
   * The numbers of the keys in ascending order of their bytes.
   *
   * @param keys with {@link #MARGIN} bytes behind the last
   * @param ends where each key ends
   */
  static int[] of(byte[] keys, int[] ends, int count, Ranks ranks) {
    KeySort sorting = new KeySort(keys, ends, count, ranks);
    for (int i = 0; i < count; i++) {
      sorting.order[i] = i;
    }
    sorting.sortFrom(0, count, 0);
    return sorting.order;
  }

  private int start(int item) {
    return item == 0 ? 0 : ends[item - 1];
  }

  /** Sorts keys that are equal up to this depth. */
  private void sortFrom(int from, int to, int depth) {
    for (int i = from; i < to; i++) {
      chunks[i] = chunk(order[i], depth);
    }
    sort(from, to, depth);
  }

  private long chunk(int item, int depth) {
    int at = start(item) + depth;
    int left = ends[item] - at;
    if (left <= 0) {
      return Long.MIN_VALUE;
    }
    long bytes = (long) EIGHT.get(keys, at);
    if (left < Long.BYTES) {
      bytes &= -1L << (Long.SIZE - Byte.SIZE * left);
    }
    return bytes ^ Long.MIN_VALUE;
  }

  /**
   * Three-way quicksort. The loop takes the largest part, so the recursion is at most log2 deep.
   */
  private void sort(int from, int to, int depth) {
    int low = from;
    int high = to;
    while (high - low > FEW) {
      long pivot = middle(chunks[low], chunks[(low + high) >>> 1], chunks[high - 1]);
      int less = low;
      int greater = high;
      int i = low;
      while (i < greater) {
        if (chunks[i] < pivot) {
          swap(less++, i++);
        } else if (chunks[i] > pivot) {
          swap(i, --greater);
        } else {
          i++;
        }
      }
      if (less - low < high - greater) {
        sort(low, less, depth);
        sortEqual(less, greater, depth);
        low = greater;
      } else {
        sort(greater, high, depth);
        sortEqual(less, greater, depth);
        high = less;
      }
    }
    sortFew(low, high, depth);
  }

  private static long middle(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private void sortFew(int from, int to, int depth) {
    for (int i = from + 1; i < to; i++) {
      for (int j = i; j > from && chunks[j] < chunks[j - 1]; j--) {
        swap(j, j - 1);
      }
    }
    int first = from;
    for (int i = from + 1; i <= to; i++) {
      if (i == to || chunks[i] != chunks[first]) {
        sortEqual(first, i, depth);
        first = i;
      }
    }
  }

  private void swap(int one, int other) {
    int item = order[one];
    order[one] = order[other];
    order[other] = item;
    long chunk = chunks[one];
    chunks[one] = chunks[other];
    chunks[other] = chunk;
  }

  /** Sorts keys whose current bytes are equal; keys that have ended come first. */
  private void sortEqual(int from, int to, int depth) {
    if (to - from < 2) {
      return;
    }
    int next = depth + Long.BYTES;
    int ended = from;
    for (int i = from; i < to; i++) {
      if (ends[order[i]] - start(order[i]) <= next) {
        swap(ended++, i);
      }
    }
    sortEnded(from, ended);
    if (to - ended > 1) {
      sortFrom(ended, to, next);
    }
  }

  /** Sorts keys of which one may end in zeros that the other lacks; the shorter one comes first. */
  private void sortEnded(int from, int to) {
    if (to - from < 2) {
      return;
    }
    long[] sorted = new long[to - from];
    for (int i = from; i < to; i++) {
      int item = order[i];
      long length = ends[item] - start(item);
      sorted[i - from] = (length * KeyMetadata.SERVERS + ranks.of(item)) << Integer.SIZE | item;
    }
    Arrays.sort(sorted);
    for (int i = from; i < to; i++) {
      order[i] = (int) sorted[i - from];
    }
  }
}
