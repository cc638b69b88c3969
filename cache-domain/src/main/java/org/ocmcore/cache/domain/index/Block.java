package org.ocmcore.cache.domain.index;

import java.util.Arrays;

/**
 * A packed run of keys, in ascending order of their bytes; copies of one key are ordered by server
 * number and never lie in two blocks. Immutable and never empty.
 */
final class Block {
  /** Bytes of the objects themselves: the block, three arrays and the summary. */
  private static final int OVERHEAD = 128;

  private final byte[] keys;
  private final int[] ends;
  private final int[] metadata;
  private final BlockSummary sums;

  /**
   * @param keys the bytes of all keys, one behind the other
   * @param ends where each key ends
   * @param metadata {@link KeyMetadata#COUNT} ints for each key
   */
  Block(byte[] keys, int[] ends, int[] metadata) {
    this.keys = keys;
    this.ends = ends;
    this.metadata = metadata;
    this.sums = BlockSummary.of(metadata);
  }

  /** The same keys with other metadata. */
  Block with(int[] newFacts) {
    return new Block(keys, ends, newFacts);
  }

  int size() {
    return ends.length;
  }

  /** The bytes of all keys. Callers must not change them. */
  byte[] keys() {
    return keys;
  }

  int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  int end(int index) {
    return ends[index];
  }

  int fact(int index, int which) {
    return metadata[index * KeyMetadata.COUNT + which];
  }

  int tag(int index) {
    return fact(index, KeyMetadata.TAG);
  }

  /** The metadata of all keys. Callers must not change it. */
  int[] metadata() {
    return metadata;
  }

  /** The bytes of heap that it uses. */
  long weight() {
    return OVERHEAD + keys.length + (long) Integer.BYTES * (ends.length + metadata.length);
  }

  BlockSummary sums() {
    return sums;
  }

  int compare(int index, byte[] key, int from, int to) {
    return Arrays.compareUnsigned(keys, start(index), end(index), key, from, to);
  }

  /**
   * The first entry from {@code low} on that is not below this key; {@link #size} if there is none.
   * Is found soonest if it is near.
   */
  int ceiling(int low, byte[] key, int from, int to) {
    int first = low;
    int step = 1;
    while (first + step <= size() && compare(first + step - 1, key, from, to) < 0) {
      first += step;
      step <<= 1;
    }
    int last = Math.min(size(), first + step - 1);
    while (first < last) {
      int middle = (first + last) >>> 1;
      if (compare(middle, key, from, to) < 0) {
        first = middle + 1;
      } else {
        last = middle;
      }
    }
    return first;
  }

  boolean holds(int index, byte[] key, int from, int to) {
    return index < size() && Arrays.equals(keys, start(index), end(index), key, from, to);
  }

  byte[] firstKey() {
    return Arrays.copyOf(keys, ends[0]);
  }

  boolean endsBelow(byte[] key, int from, int to) {
    return compare(size() - 1, key, from, to) < 0;
  }
}
