package org.ocmcore.cache.domain.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds text that JSON shows as it is, eight bytes at a time: most keys and values are such text.
 */
public final class PlainText {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long SPACES = ONES * ' ';
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private PlainText() {}

  /**
   * The number of bytes at the start that are ASCII without control characters, quotes and
   * backslashes.
   *
   * @param from the first byte
   * @param to behind the last byte
   */
  public static int length(byte[] bytes, int from, int to) {
    int at = from;
    while (at + Long.BYTES <= to) {
      long others = others((long) WORDS.get(bytes, at));
      if (others != 0) {
        return at + Long.numberOfTrailingZeros(others) / Byte.SIZE - from;
      }
      at += Long.BYTES;
    }
    while (at < to && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at - from;
  }

  /** Has the high bit of the first byte that is not plain, and of no byte before it. */
  private static long others(long word) {
    // A subtraction borrows from the byte above only if its own byte is not plain.
    long below = word - SPACES & ~word;
    return (word | below | zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES)) & HIGH_BITS;
  }

  /** Has the high bit of a byte that is zero. */
  private static long zeros(long word) {
    return word - ONES & ~word;
  }
}
