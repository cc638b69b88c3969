package org.ocmcore.cache.viewer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The checksum of LZ4 frames: xxHash of 32 bits, with the seed 0. */
final class XxHash32 {
  private static final int PRIME_1 = 0x9e3779b1;
  private static final int PRIME_2 = 0x85ebca77;
  private static final int PRIME_3 = 0xc2b2ae3d;
  private static final int PRIME_4 = 0x27d4eb2f;
  private static final int PRIME_5 = 0x165667b1;

  private XxHash32() {}

  static int of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  static int of(byte[] bytes, int from, int to) {
    int length = to - from;
    ByteBuffer in = ByteBuffer.wrap(bytes, from, length).order(ByteOrder.LITTLE_ENDIAN);
    int hash = length < 16 ? PRIME_5 : stripes(in);
    hash += length;
    while (in.remaining() >= 4) {
      hash = Integer.rotateLeft(hash + in.getInt() * PRIME_3, 17) * PRIME_4;
    }
    while (in.hasRemaining()) {
      hash = Integer.rotateLeft(hash + (in.get() & 0xff) * PRIME_5, 11) * PRIME_1;
    }
    hash = (hash ^ hash >>> 15) * PRIME_2;
    hash = (hash ^ hash >>> 13) * PRIME_3;
    return hash ^ hash >>> 16;
  }

  private static int stripes(ByteBuffer in) {
    int a = PRIME_1 + PRIME_2;
    int b = PRIME_2;
    int c = 0;
    int d = -PRIME_1;
    while (in.remaining() >= 16) {
      a = round(a, in.getInt());
      b = round(b, in.getInt());
      c = round(c, in.getInt());
      d = round(d, in.getInt());
    }
    return Integer.rotateLeft(a, 1)
        + Integer.rotateLeft(b, 7)
        + Integer.rotateLeft(c, 12)
        + Integer.rotateLeft(d, 18);
  }

  private static int round(int sum, int word) {
    return Integer.rotateLeft(sum + word * PRIME_2, 13) * PRIME_1;
  }
}
