package org.ocmcore.cache.adapter.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * The name of the file in which a browser saves a value. It is made of the key, but is safe on
 * every system, whatever the key is: it names no folder, no device and no program.
 */
final class AttachmentName {
  /** Nothing opens it by itself. */
  private static final String ENDING = ".bin";

  /** File systems take 255 bytes. */
  private static final int MAX_BYTES = 200;

  /** What is special to some file system or shell, what is not visible, and what changes order. */
  private static final String UNSAFE = "[\\p{C}\\p{Z}\"'*/:<>?\\\\|%;$`~]";

  /** The devices of Windows, with any ending. */
  private static final String DEVICE = "(con|prn|aux|nul|com[0-9]|lpt[0-9])([. ].*)?";

  private AttachmentName() {}

  /** The header {@code Content-Disposition} of the value of a key (RFC 6266, RFC 8187). */
  static String header(CacheKey key) {
    String name = of(key);
    String ascii = name.replaceAll("[^ -~]", "_");
    String plain = "attachment; filename=\"" + ascii + '"';
    return ascii.equals(name) ? plain : plain + "; filename*=UTF-8''" + encoded(name);
  }

  private static String of(CacheKey key) {
    String safe = key.toString().replaceAll(UNSAFE, "_").replaceAll("^[.-]+", "_");
    if (safe.toLowerCase(Locale.ROOT).matches(DEVICE)) {
      safe = "_" + safe;
    }
    return shortened(safe) + ENDING;
  }

  private static String shortened(String text) {
    int end = text.length();
    while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end);
  }

  private static String encoded(String name) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (octet & 0xff);
      if (character < 0x80 && Character.isLetterOrDigit(character)
          || "-._".indexOf(character) >= 0) {
        encoded.append(character);
      } else {
        encoded.append("%%%02X".formatted(octet & 0xff));
      }
    }
    return encoded.toString();
  }
}
