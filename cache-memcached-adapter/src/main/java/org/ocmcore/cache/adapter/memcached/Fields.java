package org.ocmcore.cache.adapter.memcached;

import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Reads the fields of a line, {@code name=value name=value}, without a text for each: there are
 * millions of lines. For one thread.
 */
final class Fields {
  /** Enough for a time, and few enough for arithmetic without care. */
  private static final int MAX_DIGITS = 12;

  private final byte[] key = new byte[CacheKey.MAX_BYTES];
  private byte[] line;
  private int start;
  private int at;
  private int end;

  /** Goes to the first field of a line. */
  void open(byte[] bytes, int from, int to) {
    line = bytes;
    start = from;
    at = from;
    end = to;
  }

  /** Goes to the field after the one that was read or skipped; false if that was the last. */
  boolean next() {
    if (at >= end) {
      return false;
    }
    at++;
    return true;
  }

  /** Where it stands. */
  int position() {
    return at;
  }

  /** Goes back to where it stood. */
  void returnTo(int position) {
    at = position;
  }

  /** Whether these characters come next, which are then passed. */
  boolean has(String text) {
    if (end - at < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (line[at + i] != text.charAt(i)) {
        return false;
      }
    }
    at += text.length();
    return true;
  }

  /** Whether the rest of the field is this, which is then passed. */
  boolean is(String value) {
    int before = at;
    if (has(value) && isOver()) {
      return true;
    }
    at = before;
    return false;
  }

  private boolean isOver() {
    return at == end || line[at] == ' ';
  }

  /** Goes to the end of the field. */
  void skip() {
    while (at < end && line[at] != ' ') {
      at++;
    }
  }

  /**
   * The key that the rest of the field is, with {@code %} escapes.
   *
   * @throws ProtocolException if it is none
   */
  CacheKey key() throws ProtocolException {
    // Most keys hold no escape and need no copy of their own.
    int first = at;
    while (at < end && line[at] != ' ' && line[at] != '%') {
      at++;
    }
    if (at - first > key.length) {
      throw rubbish();
    }
    if (isOver()) {
      return keyOf(line, first, at);
    }
    int length = at - first;
    System.arraycopy(line, first, key, 0, length);
    while (!isOver()) {
      int b = line[at++];
      if (b == '%') {
        if (end - at < 2) {
          throw rubbish();
        }
        int high = Character.digit(line[at++], 16);
        int low = Character.digit(line[at++], 16);
        if (high < 0 || low < 0) {
          throw rubbish();
        }
        b = high << 4 | low;
      }
      if (length == key.length) {
        throw rubbish();
      }
      key[length++] = (byte) b;
    }
    return keyOf(key, 0, length);
  }

  private CacheKey keyOf(byte[] bytes, int from, int to) throws ProtocolException {
    try {
      return CacheKey.ofBytes(bytes, from, to);
    } catch (IllegalArgumentException e) {
      throw rubbish();
    }
  }

  /**
   * The number that the rest of the field is; none is negative.
   *
   * @throws ProtocolException if it is none, or has more than {@value #MAX_DIGITS} digits
   */
  long number() throws ProtocolException {
    long number = digits();
    if (!isOver()) {
      throw rubbish();
    }
    return number;
  }

  /**
   * The number that comes next, of which something may follow.
   *
   * @throws ProtocolException if there is none, or it has more than {@value #MAX_DIGITS} digits
   */
  long digits() throws ProtocolException {
    int first = at;
    long number = 0;
    while (at < end && line[at] >= '0' && line[at] <= '9') {
      number = 10 * number + line[at++] - '0';
      if (at - first > MAX_DIGITS) {
        throw rubbish();
      }
    }
    if (at == first) {
      throw rubbish();
    }
    return number;
  }

  /** What to throw if the line is not what it should be. */
  ProtocolException rubbish() {
    return ProtocolException.of(line, start, end);
  }
}
