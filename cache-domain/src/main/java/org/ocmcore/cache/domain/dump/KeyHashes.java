package org.ocmcore.cache.domain.dump;

import java.util.Arrays;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyFingerprint;

/** A set of keys as 64-bit hashes, 8 bytes for each. For use by one thread. */
final class KeyHashes {
  private long[] hashes = new long[1_024];
  private int count;

  void add(CacheKey key) {
    add(key.fingerprint());
  }

  /** Adds a hash, of a key or of more. */
  void add(long hash) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, count + (count >> 1));
    }
    hashes[count++] = hash;
  }

  /** To be called once, after all keys were added. */
  void sort() {
    Arrays.sort(hashes, 0, count);
  }

  boolean contains(byte[] bytes, int from, int to) {
    return contains(KeyFingerprint.of(bytes, from, to));
  }

  boolean contains(long hash) {
    return Arrays.binarySearch(hashes, 0, count, hash) >= 0;
  }
}
