package org.ocmcore.cache.domain.index;

import java.util.Arrays;

/**
 * Some keys that follow each other, packed: ascending by bytes, and copies of the same key by the
 * number of the server. Copies of a key are never in two blocks. Immutable, and never empty.
 */
final class Block {
  /** Bytes that its objects take beside what they hold: itself, three arrays and its sums. */
  private static final int OVERHEAD = 128;

  private final byte[] keys;
  private final int[] ends;
  private final int[] facts;
  private final BlockSummary sums;

  /**
   * @param keys one behind the other
   * @param ends where each key ends
   * @param facts of each, {@link KeyMetadata#COUNT} ints
   */
  Block(byte[] keys, int[] ends, int[] facts) {
    this.keys = keys;
    this.ends = ends;
    this.facts = facts;
    this.sums = BlockSummary.of(facts);
  }

  /** The same keys with other facts. */
  Block with(int[] newFacts) {
    return new Block(keys, ends, newFacts);
  }

  int size() {
    return ends.length;
  }

  /** The bytes of all keys; not to be changed. */
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
    return facts[index * KeyMetadata.COUNT + which];
  }

  int tag(int index) {
    return fact(index, KeyMetadata.TAG);
  }

  /** All facts; not to be changed. */
  int[] facts() {
    return facts;
  }

  /** Bytes of heap that it takes. */
  long weight() {
    return OVERHEAD + keys.length + (long) Integer.BYTES * (ends.length + facts.length);
  }

  BlockSummary sums() {
    return sums;
  }

  int compare(int index, byte[] key, int from, int to) {
    return Arrays.compareUnsigned(keys, start(index), end(index), key, from, to);
  }

  /** The first entry from {@code low} on that is not below this key; {@link #size} if all are. */
  int ceiling(int low, byte[] key, int from, int to) {
    int first = low;
    int last = size();
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
