package org.ocmcore.cache.viewer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads bytes one after the other. Reading past the end, or a length past it, is refused. */
final class ViewInput {
  private final String name;
  private final byte[] bytes;
  private int position;

  ViewInput(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  DecodingException malformed(String what) {
    return new DecodingException(name, what + " at byte " + position);
  }

  int position() {
    return position;
  }

  int remaining() {
    return bytes.length - position;
  }

  boolean isAtEnd() {
    return position == bytes.length;
  }

  int peek() {
    if (isAtEnd()) {
      throw malformed("the value ends too early");
    }
    return bytes[position] & 0xff;
  }

  int u8() {
    int value = peek();
    position++;
    return value;
  }

  /** An unsigned number of up to eight bytes; one of eight may come out negative. */
  long bigEndian(int size) {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | u8();
    }
    return value;
  }

  /** An unsigned number of up to eight bytes; one of eight may come out negative. */
  long littleEndian(int size) {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (long) u8() << (8 * i);
    }
    return value;
  }

  /** A length or a count of things of at least one byte each, which are there. */
  int size(long size) {
    if (size < 0 || size > remaining()) {
      throw malformed("a length of " + Long.toUnsignedString(size) + " where " + remaining()
          + " bytes are left");
    }
    return (int) size;
  }

  void skip(long length) {
    position += size(length);
  }

  /** A copy of the next bytes. */
  byte[] take(long length) {
    int size = size(length);
    position += size;
    return Arrays.copyOfRange(bytes, position - size, position);
  }

  /** A copy of the bytes from a position to the present one. */
  byte[] since(int from) {
    return Arrays.copyOfRange(bytes, from, position);
  }

  /** Text of bytes up to an end mark, each a character of Latin-1. The mark is read, too. */
  String until(char end) {
    int from = position;
    while (u8() != end) {
      if (isAtEnd()) {
        throw malformed("there is no '" + (end == '\n' ? "\\n" : end) + "'");
      }
    }
    return new String(bytes, from, position - 1 - from, StandardCharsets.ISO_8859_1);
  }

  void expect(char expected) {
    if (peek() != expected) {
      throw malformed("there must be '" + expected + "'");
    }
    position++;
  }

  void requireEnd() {
    if (!isAtEnd()) {
      throw malformed(remaining() + " bytes follow after the value's end");
    }
  }
}
