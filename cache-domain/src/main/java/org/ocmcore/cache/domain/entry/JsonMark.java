package org.ocmcore.cache.domain.entry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The mark of values that this system stored as JSON. Without it, a text that looks like JSON could
 * not be told from JSON. It is white space behind the JSON, which every JSON parser skips: the
 * flags stay 0, since other clients reject flags that they do not know.
 */
public final class JsonMark {
  /**
   * The flags that marked JSON before there was white space: "JS" in ASCII, in the upper half.
   * Values with them are still read.
   */
  public static final long OLD_FLAGS = 0x4A53_0000L;

  private static final byte[] END = " \t\n".getBytes(StandardCharsets.US_ASCII);

  private JsonMark() {}

  /** JSON as it is stored: with the mark, and with flags 0. */
  public static CacheValue mark(byte[] json) {
    byte[] marked = Arrays.copyOf(json, json.length + END.length);
    System.arraycopy(END, 0, marked, json.length, END.length);
    return CacheValue.wrap(marked, 0);
  }

  /** Whether the value has a mark. Other clients may use the same bytes for something else. */
  public static boolean isOn(CacheValue value) {
    return value.flags() == OLD_FLAGS || isAtEnd(value);
  }

  private static boolean isAtEnd(CacheValue value) {
    int from = value.length() - END.length;
    return from >= 0 && value.buffer().position(from).equals(ByteBuffer.wrap(END));
  }
}
