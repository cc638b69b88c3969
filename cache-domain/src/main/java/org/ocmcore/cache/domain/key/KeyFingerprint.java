package org.ocmcore.cache.domain.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A 64-bit hash of the bytes of a key: MurmurHash64A, which takes eight bytes at a time. */
public final class KeyFingerprint {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long FACTOR = 0xc6a4a7935bd1e995L;
  private static final int SHIFT = 47;

  private KeyFingerprint() {}

  /** The hash of a key that is part of an array. @param to its end, exclusive */
  public static long of(byte[] bytes, int from, int to) {
    long hash = (to - from) * FACTOR;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long word = (long) WORDS.get(bytes, at) * FACTOR;
      hash = (hash ^ (word ^ word >>> SHIFT) * FACTOR) * FACTOR;
    }
    if (at < to) {
      long rest = 0;
      for (int i = to - 1; i >= at; i--) {
        rest = rest << Byte.SIZE | bytes[i] & 0xff;
      }
      hash = (hash ^ rest) * FACTOR;
    }
    hash = (hash ^ hash >>> SHIFT) * FACTOR;
    return hash ^ hash >>> SHIFT;
  }
}
