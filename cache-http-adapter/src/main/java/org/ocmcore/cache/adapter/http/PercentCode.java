package org.ocmcore.cache.adapter.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding as RFC 3986 has it, for paths and queries alike: a plus is a plus. */
final class PercentCode {
  private PercentCode() {}

  /**
   * Decodes a text.
   *
   * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits,
   *     or if the bytes are not UTF-8
   */
  static String decode(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return encoded;
    }
    byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        bytes[length++] = (byte) (16 * digit(encoded, bytes, i + 1) + digit(encoded, bytes, i + 2));
        i += 2;
      } else {
        bytes[length++] = bytes[i];
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "\"" + encoded + "\" is not UTF-8 after percent-decoding", e);
    }
  }

  private static int digit(String encoded, byte[] bytes, int at) {
    int digit = at < bytes.length ? Character.digit(bytes[at], 16) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException(
          "\"%s\" has a %% without two hexadecimal digits".formatted(encoded));
    }
    return digit;
  }
}
