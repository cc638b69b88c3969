package org.ocmcore.cache.adapter.memcached;

import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Scans the fields of a line, {@code name=value name=value}. It creates no string for each field,
 * because there are millions of lines. For one thread.
 */
final class FieldScanner {
  /** Enough for a time in seconds; such a number cannot overflow a long. */
  private static final int MAX_DIGITS = 12;

  private final byte[] decodedKey = new byte[CacheKey.MAX_BYTES];
  private byte[] line;
  private int lineStart;
  private int index;
  private int lineEnd;

  /** Starts at the first field of a line. */
  void reset(byte[] bytes, int from, int to) {
    line = bytes;
    lineStart = from;
    index = from;
    lineEnd = to;
  }

  /** Goes from the end of a field to the next field; returns false if there is none. */
  boolean nextField() {
    if (index >= lineEnd) {
      return false;
    }
    index++;
    return true;
  }

  /** Returns the current position, for {@link #seek}. */
  int position() {
    return index;
  }

  /** Goes to a position of the same line. */
  void seek(int position) {
    index = position;
  }

  /** Skips these characters if they come next; returns whether they did. */
  boolean skipPrefix(String prefix) {
    if (lineEnd - index < prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (line[index + i] != prefix.charAt(i)) {
        return false;
      }
    }
    index += prefix.length();
    return true;
  }

  /** Skips the rest of the field if it equals this value; returns whether it does. */
  boolean skipValue(String value) {
    int before = index;
    if (skipPrefix(value) && isFieldEnd()) {
      return true;
    }
    index = before;
    return false;
  }

  private boolean isFieldEnd() {
    return index == lineEnd || line[index] == ' ';
  }

  /** Goes to the end of the field. */
  void skipField() {
    while (index < lineEnd && line[index] != ' ') {
      index++;
    }
  }

  /**
   * Parses the rest of the field as a key with {@code %} escapes.
   *
   * @throws ProtocolException if it is no valid key
   */
  CacheKey parseKey() throws ProtocolException {
    // Most keys contain no escape, so they need no decoded copy.
    int start = index;
    while (index < lineEnd && line[index] != ' ' && line[index] != '%') {
      index++;
    }
    if (index - start > decodedKey.length) {
      throw malformed();
    }
    if (isFieldEnd()) {
      return keyOf(line, start, index);
    }
    int length = index - start;
    System.arraycopy(line, start, decodedKey, 0, length);
    while (!isFieldEnd()) {
      int b = line[index++];
      if (b == '%') {
        if (lineEnd - index < 2) {
          throw malformed();
        }
        int high = Character.digit(line[index++], 16);
        int low = Character.digit(line[index++], 16);
        if (high < 0 || low < 0) {
          throw malformed();
        }
        b = high << 4 | low;
      }
      if (length == decodedKey.length) {
        throw malformed();
      }
      decodedKey[length++] = (byte) b;
    }
    return keyOf(decodedKey, 0, length);
  }

  private CacheKey keyOf(byte[] bytes, int from, int to) throws ProtocolException {
    try {
      return CacheKey.ofBytes(bytes, from, to);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  /**
   * Parses the rest of the field as a number of at least 0.
   *
   * @throws ProtocolException if it is no such number, or has more than {@value #MAX_DIGITS} digits
   */
  long parseNumber() throws ProtocolException {
    long number = parseDigits();
    if (!isFieldEnd()) {
      throw malformed();
    }
    return number;
  }

  /**
   * Parses the digits that come next; the field may go on after them.
   *
   * @throws ProtocolException if there are none, or more than {@value #MAX_DIGITS} digits
   */
  long parseDigits() throws ProtocolException {
    int start = index;
    long number = 0;
    while (index < lineEnd && line[index] >= '0' && line[index] <= '9') {
      number = 10 * number + line[index++] - '0';
      if (index - start > MAX_DIGITS) {
        throw malformed();
      }
    }
    if (index == start) {
      throw malformed();
    }
    return number;
  }

  /** Returns the exception to throw for a malformed line. */
  ProtocolException malformed() {
    return ProtocolException.of(line, lineStart, lineEnd);
  }
}
