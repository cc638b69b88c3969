package org.ocmcore.cache.adapter.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding as RFC 3986 has it, for paths and queries alike: a plus is a plus. */
final class PercentCode {
  private PercentCode() {}

  /**
   * The text that this encodes.
   *
   * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits,
   *     or if the bytes are not UTF-8
   */
  static String decode(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    byte[] raw = encoded.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%') {
        bytes.write(16 * digit(raw, i + 1) + digit(raw, i + 2));
        i += 2;
      } else {
        bytes.write(raw[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "\"" + encoded + "\" is not UTF-8 after percent-decoding", e);
    }
  }

  private static int digit(byte[] raw, int at) {
    int digit = at < raw.length ? Character.digit(raw[at], 16) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException("\"%s\" has a %% without two hexadecimal digits"
          .formatted(new String(raw, StandardCharsets.UTF_8)));
    }
    return digit;
  }
}
