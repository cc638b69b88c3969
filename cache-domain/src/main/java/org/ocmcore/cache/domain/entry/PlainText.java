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
  private static final long LOW_BITS = ~HIGH_BITS;

  /** What reaches the high bit from a space on. */
  private static final long BELOW_SPACES = ONES * (0x80 - ' ');

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
      long others = others(bytes, at);
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

  /**
   * Which of the eight bytes at an index are not such text: has the high bit of each of them, the
   * first byte being the lowest.
   */
  public static long others(byte[] bytes, int at) {
    long word = (long) WORDS.get(bytes, at);
    // The sums have the high bits of plain bytes, and carry nothing into the byte above.
    long low = word & LOW_BITS;
    long plain = low + BELOW_SPACES & (low ^ QUOTES) + LOW_BITS & (low ^ BACKSLASHES) + LOW_BITS;
    return (word | ~plain) & HIGH_BITS;
  }
}
