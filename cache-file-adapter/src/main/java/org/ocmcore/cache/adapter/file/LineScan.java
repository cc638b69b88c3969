package org.ocmcore.cache.adapter.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Finds the ends of lines and compares their beginnings, eight bytes at a time. */
final class LineScan {
  /** There is none. */
  static final int NONE = -1;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long LINE_FEEDS = ONES * '\n';

  private LineScan() {}

  /**
   * The index of the next line feed, or {@link #NONE}.
   *
   * @param from the first index to look at
   * @param to the index behind the last one
   */
  static int end(byte[] text, int from, int to) {
    int at = from;
    while (at + Long.BYTES <= to) {
      long differences = (long) WORDS.get(text, at) ^ LINE_FEEDS;
      // The high bit of the first zero, and perhaps of bytes behind it, from which it borrows.
      long zeros = differences - ONES & ~differences & HIGH_BITS;
      if (zeros != 0) {
        return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
      }
      at += Long.BYTES;
    }
    while (at < to && text[at] != '\n') {
      at++;
    }
    return at < to ? at : NONE;
  }

  /**
   * Whether these bytes stand in a text.
   *
   * @param from where they would begin
   * @param to the end of the text
   */
  static boolean startsWith(byte[] text, int from, int to, byte[] expected) {
    if (to - from < expected.length) {
      return false;
    }
    int last = expected.length - Long.BYTES;
    if (last < 0) {
      return Arrays.equals(text, from, from + expected.length, expected, 0, expected.length);
    }
    for (int i = 0; i < last; i += Long.BYTES) {
      if ((long) WORDS.get(text, from + i) != (long) WORDS.get(expected, i)) {
        return false;
      }
    }
    return (long) WORDS.get(text, from + last) == (long) WORDS.get(expected, last);
  }
}
