package org.ocmcore.cache.viewer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** Reads bytes one after the other. Reading past the end, or a length past it, is refused. */
final class ViewInput {
  private final String name;
  private final byte[] bytes;
  private final LongConsumer copying;
  private int position;

  /** For what is looked at and not copied, or is small. */
  ViewInput(String name, byte[] bytes) {
    this(name, bytes, copied -> {});
  }

  /** @param budget is charged for the copies */
  ViewInput(String name, byte[] bytes, ViewBudget budget) {
    this(name, bytes, budget::copy);
  }

  private ViewInput(String name, byte[] bytes, LongConsumer copying) {
    this.name = name;
    this.bytes = bytes;
    this.copying = copying;
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
    copying.accept(size);
    position += size;
    return Arrays.copyOfRange(bytes, position - size, position);
  }

  /** Puts the next bytes out. */
  void copyTo(DecodedBytes out, long length) {
    int size = size(length);
    out.write(bytes, position, size);
    position += size;
  }

  /** Writes the next bytes between quotes. */
  void quote(long length, ViewOutput out) {
    int size = size(length);
    position += size;
    Utf8Text.quote(bytes, position - size, position, out);
  }

  /** A copy of the bytes from a position to the present one, which are few. */
  byte[] since(int from) {
    return Arrays.copyOfRange(bytes, from, position);
  }

  /** Writes the bytes from a position to the present one, which are known to be UTF-8. */
  void writeSince(int from, ViewOutput out) {
    Utf8Text.write(bytes, from, position, out);
  }

  /** Text of bytes up to an end mark, each a character of Latin-1. The mark is read, too. */
  String until(char end) {
    int from = position;
    skipPast(end);
    copying.accept(position - from);
    return new String(bytes, from, position - 1 - from, StandardCharsets.ISO_8859_1);
  }

  /** Goes on after an end mark. */
  void skipPast(char end) {
    while (u8() != end) {
      if (isAtEnd()) {
        throw malformed("there is no '" + (end == '\n' ? "\\n" : end) + "'");
      }
    }
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
