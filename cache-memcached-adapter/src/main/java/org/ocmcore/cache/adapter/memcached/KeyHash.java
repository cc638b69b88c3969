package org.ocmcore.cache.adapter.memcached;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;

/** The hash functions of rings: 32 bits without a sign, in an {@code int}. */
enum KeyHash {
  /** Bob Jenkins' one-at-a-time, as libmemcached computes it. */
  ONE_AT_A_TIME {
    @Override
    int of(byte[] bytes) {
      int hash = 0;
      for (byte b : bytes) {
        // Signed on purpose: libmemcached adds a char.
        hash += b;
        hash += hash << 10;
        hash ^= hash >>> 6;
      }
      hash += hash << 3;
      hash ^= hash >>> 11;
      hash += hash << 15;
      return hash;
    }
  },

  /** The first four bytes of MD5, lowest byte first. */
  MD5 {
    @Override
    int of(byte[] bytes) {
      return word(digest("MD5", bytes), 0);
    }
  },

  /** CRC-32, as in zlib. */
  CRC_32 {
    @Override
    int of(byte[] bytes) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      return (int) crc.getValue();
    }
  },

  /** What twemproxy calls {@code fnv1a_64}: it computes with the lower 32 bits only. */
  FNV1A_64 {
    @Override
    int of(byte[] bytes) {
      int hash = 0x84222325;
      for (byte b : bytes) {
        // Signed on purpose: twemproxy casts a char.
        hash = (hash ^ b) * 0x1b3;
      }
      return hash;
    }
  };

  abstract int of(byte[] bytes);

  /** @throws IllegalStateException if this Java lacks the algorithm, which every Java has */
  static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no " + algorithm, e);
    }
  }

  /** Returns the four bytes from 4 * index on, lowest byte first. */
  static int word(byte[] digest, int index) {
    return (digest[3 + index * 4] & 0xFF) << 24
        | (digest[2 + index * 4] & 0xFF) << 16
        | (digest[1 + index * 4] & 0xFF) << 8
        | digest[index * 4] & 0xFF;
  }
}
