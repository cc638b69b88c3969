package org.ocmcore.cache.domain.dump;

import java.util.Arrays;
import org.ocmcore.cache.domain.key.CacheKey;

/** A set of keys as 64-bit hashes, 8 bytes for each. For use by one thread. */
final class KeyHashes {
  private long[] hashes = new long[1_024];
  private int count;

  void add(CacheKey key) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, count + (count >> 1));
    }
    byte[] bytes = key.bytes();
    hashes[count++] = hash(bytes, 0, bytes.length);
  }

  /** To be called once, after all keys were added. */
  void sort() {
    Arrays.sort(hashes, 0, count);
  }

  boolean contains(byte[] bytes, int from, int to) {
    return Arrays.binarySearch(hashes, 0, count, hash(bytes, from, to)) >= 0;
  }

  /** FNV-1a, with the last step of MurmurHash3 so that all bits count. */
  static long hash(byte[] bytes, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ bytes[i] & 0xff) * 0x100000001b3L;
    }
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    hash *= 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }
}
