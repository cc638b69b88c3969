package org.ocmcore.cache.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Values of one length, each a function of its index: small JSON objects. Their text is copied from
 * one that is made in advance, so a value costs next to nothing.
 */
public final class SampleValues {
  private static final int TEXT_BYTES = 8 * 1024 * 1024;

  private static final byte[] START = ascii("{\"id\":\"");
  private static final byte[] MIDDLE = ascii("\",\"text\":\"");
  private static final byte[] END = ascii("\"}");
  private static final int ID_DIGITS = 16;
  private static final int JSON_BYTES = START.length + ID_DIGITS + MIDDLE.length + END.length;

  private final int length;
  private final byte[] text;

  /** @param length bytes of each value */
  SampleValues(int length) {
    this.length = length;
    Random random = new Random(1);
    text = new byte[TEXT_BYTES + length];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) ('a' + random.nextInt(26));
    }
  }

  /**
   * Writes a value into a buffer. A value that is too short for the JSON object is plain text.
   *
   * @return the offset after the value
   */
  public int write(long index, byte[] buffer, int offset) {
    int from = (int) (index * length % TEXT_BYTES);
    if (length < JSON_BYTES) {
      System.arraycopy(text, from, buffer, offset, length);
      return offset + length;
    }
    int next = copy(START, buffer, offset);
    next = KeyNames.writeHex(KeyNames.hash(index, 1), ID_DIGITS, buffer, next);
    next = copy(MIDDLE, buffer, next);
    System.arraycopy(text, from, buffer, next, length - JSON_BYTES);
    return copy(END, buffer, next + length - JSON_BYTES);
  }

  private static int copy(byte[] bytes, byte[] buffer, int offset) {
    System.arraycopy(bytes, 0, buffer, offset, bytes.length);
    return offset + bytes.length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
