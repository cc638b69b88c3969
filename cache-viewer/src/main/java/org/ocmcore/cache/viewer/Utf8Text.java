package org.ocmcore.cache.viewer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes as UTF-8 text, in small pieces. */
final class Utf8Text {
  private static final int CHUNK = 1 << 13;
  private static final int MAX_NAME = 1_000;
  private static final String ALSO_IN_NAMES = ".:\\/@[];*<>-?!=#";

  private interface Sink {
    boolean accept(CharBuffer chars);
  }

  private Utf8Text() {}

  /** Passes all characters on, or returns the position of the first byte that is not UTF-8. */
  private static int decode(byte[] bytes, int from, int to, Sink sink) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    // There are never more characters than bytes, and most texts are short.
    CharBuffer chars = CharBuffer.allocate(Math.min(CHUNK, to - from));
    while (true) {
      CoderResult result = decoder.decode(in, chars, true);
      chars.flip();
      if (!sink.accept(chars) || result.isError()) {
        return in.position();
      }
      chars.clear();
      if (result.isUnderflow()) {
        return -1;
      }
    }
  }

  /** The position of the first byte that is not UTF-8; negative if all are. */
  static int firstInvalid(byte[] bytes) {
    return firstInvalid(bytes, 0, bytes.length);
  }

  private static int firstInvalid(byte[] bytes, int from, int to) {
    return decode(bytes, from, to, chars -> true);
  }

  /** Whether all is UTF-8 without control characters other than tab and line breaks. */
  static boolean isPlain(byte[] bytes) {
    return decode(bytes, 0, bytes.length, Utf8Text::isPlain) < 0;
  }

  private static boolean isPlain(CharBuffer chars) {
    return chars
        .chars()
        .allMatch(c -> c >= ' ' && c != 0x7f || c == '\t' || c == '\n' || c == '\r');
  }

  /** The name of a class, with {@code ?} for what is no part of one. */
  static String name(byte[] name) {
    int length = Math.min(name.length, 4 * MAX_NAME + 4);
    return name(new String(name, 0, length, StandardCharsets.UTF_8));
  }

  /**
   * The name of a class, with {@code ?} for what is no part of one. A long one is cut, since many
   * levels may each have it.
   */
  static String name(String name) {
    StringBuilder shown = new StringBuilder();
    name.codePoints()
        .limit(MAX_NAME)
        .map(c -> Character.isJavaIdentifierPart(c) || ALSO_IN_NAMES.indexOf(c) >= 0 ? c : '?')
        .map(c -> Character.isIdentifierIgnorable(c) ? '?' : c)
        .forEach(shown::appendCodePoint);
    return name.length() > MAX_NAME ? shown.append('…').toString() : shown.toString();
  }

  /** Writes bytes that are known to be UTF-8. */
  static void write(byte[] bytes, int from, int to, ViewOutput out) {
    decode(bytes, from, to, chars -> {
      out.text(chars);
      return true;
    });
  }

  /** Writes UTF-8 between quotes, with escapes as in JSON; other bytes as {@code b"\xff"}. */
  static void quote(byte[] bytes, ViewOutput out) {
    quote(bytes, 0, bytes.length, out);
  }

  /** The same for some of the bytes. */
  static void quote(byte[] bytes, int from, int to, ViewOutput out) {
    if (firstInvalid(bytes, from, to) >= 0) {
      out.text("b\"");
      StringBuilder chunk = new StringBuilder();
      for (int i = from; i < to; i++) {
        byte each = bytes[i];
        int value = each & 0xff;
        if (value >= 0x7f || value < ' ' && value != '\n' && value != '\r' && value != '\t') {
          chunk.append("\\x").append(HexFormat.of().toHexDigits(each));
        } else {
          escape((char) value, chunk);
        }
        flush(chunk, out, CHUNK);
      }
      flush(chunk, out, 1);
      out.text("\"");
      return;
    }
    out.text("\"");
    StringBuilder chunk = new StringBuilder();
    decode(bytes, from, to, chars -> {
      chars.chars().forEach(c -> escape((char) c, chunk));
      flush(chunk, out, 1);
      return true;
    });
    out.text("\"");
  }

  /** Writes text between quotes; halves of code points as escapes. */
  static void quote(String text, ViewOutput out) {
    out.text("\"");
    StringBuilder chunk = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isPair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
      if (isPair) {
        chunk.append(c).append(text.charAt(++i));
      } else if (Character.isSurrogate(c)) {
        chunk.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        escape(c, chunk);
      }
      flush(chunk, out, CHUNK);
    }
    flush(chunk, out, 1);
    out.text("\"");
  }

  private static void flush(StringBuilder chunk, ViewOutput out, int from) {
    if (chunk.length() >= from) {
      out.text(chunk);
      chunk.setLength(0);
    }
  }

  private static void escape(char c, StringBuilder to) {
    switch (c) {
      case '"' -> to.append("\\\"");
      case '\\' -> to.append("\\\\");
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      default -> {
        if (c < ' ' || c >= 0x7f && c < 0xa0) {
          to.append("\\u").append(HexFormat.of().toHexDigits(c));
        } else {
          to.append(c);
        }
      }
    }
  }
}
