package org.ocmcore.cache.adapter.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Works on text eight bytes at a time. */
final class TextScan {
  /** There is none. */
  static final int NONE = -1;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long LINE_FEEDS = ONES * '\n';
  private static final long BACKSLASHES = ONES * '\\';

  private TextScan() {}

  /**
   * The index of the next line feed, or {@link #NONE}.
   *
   * @param from the first index to look at
   * @param to the index behind the last one
   */
  static int lineEnd(byte[] text, int from, int to) {
    int at = from;
    while (at + 4 * Long.BYTES <= to && !hasLineEnd(text, at)) {
      at += 4 * Long.BYTES;
    }
    while (at + Long.BYTES <= to) {
      int before = bytesBeforeZero((long) WORDS.get(text, at) ^ LINE_FEEDS);
      at += before;
      if (before < Long.BYTES) {
        return at;
      }
    }
    while (at < to && text[at] != '\n') {
      at++;
    }
    return at < to ? at : NONE;
  }

  /** Whether one of the next 32 bytes is a line feed. */
  private static boolean hasLineEnd(byte[] text, int at) {
    long zeros = zeros((long) WORDS.get(text, at) ^ LINE_FEEDS)
        | zeros((long) WORDS.get(text, at + Long.BYTES) ^ LINE_FEEDS)
        | zeros((long) WORDS.get(text, at + 2 * Long.BYTES) ^ LINE_FEEDS)
        | zeros((long) WORDS.get(text, at + 3 * Long.BYTES) ^ LINE_FEEDS);
    return zeros != 0;
  }

  /** The number of bytes before the first zero; 8 if there is none. */
  private static int bytesBeforeZero(long word) {
    return Long.numberOfTrailingZeros(zeros(word)) / Byte.SIZE;
  }

  /** Has the high bit of the first zero, and perhaps of bytes behind it, from which it borrows. */
  private static long zeros(long word) {
    return word - ONES & ~word & HIGH_BITS;
  }

  /**
   * Copies bytes up to the next backslash, at most until the target is full; returns their number.
   * May write to the target what is not copied, behind that.
   *
   * @param from where the bytes are in the text, which has at least as many as the target has room
   * @param at where they go
   */
  static int copyToBackslash(byte[] text, int from, byte[] target, int at) {
    int count = 0;
    while (at + count + Long.BYTES <= target.length) {
      long word = (long) WORDS.get(text, from + count);
      WORDS.set(target, at + count, word);
      int before = bytesBeforeZero(word ^ BACKSLASHES);
      count += before;
      if (before < Long.BYTES) {
        return count;
      }
    }
    while (at + count < target.length && text[from + count] != '\\') {
      target[at + count] = text[from + count];
      count++;
    }
    return count;
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
