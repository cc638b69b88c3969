package org.ocmcore.cache.domain.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches the bytes of keys, eight at a time. */
final class AsciiScan {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long LOW_BITS = ~HIGH_BITS;

  /** What reaches the high bit from the first character behind the space on. */
  private static final long UP_TO_SPACES = ONES * (0x7f - ' ');

  private static final long BACKSLASHES = ONES * '\\';

  private AsciiScan() {}

  /**
   * Whether all these bytes are printable ASCII, and none is a space or a backslash.
   *
   * @param from the first byte
   * @param to behind the last byte
   */
  static boolean areGraphic(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      if (!areGraphic((long) WORDS.get(bytes, at))) {
        return false;
      }
    }
    while (at < to && bytes[at] > ' ' && bytes[at] != 0x7f && bytes[at] != '\\') {
      at++;
    }
    return at == to;
  }

  private static boolean areGraphic(long word) {
    // The sums carry nothing into the byte above.
    long low = word & LOW_BITS;
    long graphic = low + UP_TO_SPACES & ~(low + ONES) & (low ^ BACKSLASHES) + LOW_BITS;
    return (graphic & ~word & HIGH_BITS) == HIGH_BITS;
  }

  /**
   * Whether one of these bytes ends a key in the protocol: a space, CR, LF or NUL.
   *
   * @param from the first byte
   * @param to behind the last byte
   */
  static boolean haveDelimiter(byte[] bytes, int from, int to) {
    int at = areGraphic(bytes, from, to) ? to : from;
    while (at < to
        && bytes[at] != ' '
        && bytes[at] != '\r'
        && bytes[at] != '\n'
        && bytes[at] != 0) {
      at++;
    }
    return at < to;
  }

  /**
   * The index of the first byte of this value.
   *
   * @param from the first index to look at
   * @param to the index behind the last one; also what is returned if there is none
   * @param wanted ASCII
   */
  static int indexOf(byte[] bytes, int from, int to, char wanted) {
    long pattern = ONES * wanted;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long difference = (long) WORDS.get(bytes, at) ^ pattern;
      // The lowest high bit is that of the first zero.
      long zeros = difference - ONES & ~difference & HIGH_BITS;
      if (zeros != 0) {
        return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
      }
    }
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
