package org.ocmcore.cache.domain.key;

/**
 * A 64-bit hash of the bytes of a key: FNV-1a, with the last step of MurmurHash3 so that all bits
 * count.
 */
public final class KeyFingerprint {
  private KeyFingerprint() {}

  /** The hash of a key. */
  public static long of(CacheKey key) {
    byte[] bytes = key.bytes();
    return of(bytes, 0, bytes.length);
  }

  /** The hash of a key that is part of an array. @param to its end, exclusive */
  public static long of(byte[] bytes, int from, int to) {
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
