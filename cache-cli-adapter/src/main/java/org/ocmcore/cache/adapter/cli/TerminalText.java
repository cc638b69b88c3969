package org.ocmcore.cache.adapter.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;

/** Escapes the content of caches for terminals, so that they show it and do not obey it. */
public final class TerminalText {
  private static final int SHOWN = 1_000;

  /** A backslash that could be taken for the beginning of an escape. */
  private static final Pattern ESCAPE_LOOK = Pattern.compile("\\\\(?=x(?:[0-9a-fA-F]{2}|\\{))");

  private TerminalText() {}

  /** A key in one line, as {@link KeyArgument} takes it. */
  static String key(CacheKey key) {
    return key(key.toString());
  }

  /** A key in its readable form. It begins with no {@code -}: it would be an option of a verb. */
  static String key(String readable) {
    String line = line(readable);
    return line.startsWith("-") ? "\\x2d" + line.substring(1) : line;
  }

  /**
   * Text in one line, which may be escaped already; {@code \xHH} or {@code \x{H…}} replaces what is
   * not printable.
   */
  static String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().forEach(character -> {
      if (isPrintable(character)) {
        line.appendCodePoint(character);
      } else {
        line.append((character < 0x80 ? "\\x%02x" : "\\x{%x}").formatted(character));
      }
    });
    return line.toString();
  }

  /** A text, or so many characters of its beginning and an ellipsis. */
  static String shortened(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }

  /**
   * A value in one line, which no other value has: {@code \\x5c} begins what only looks escaped.
   */
  static String value(String text) {
    return line(ESCAPE_LOOK.matcher(text).replaceAll("\\\\x5c"));
  }

  /** Whether a terminal only shows this character, and shows it. */
  public static boolean isPrintable(int character) {
    return !isInvisible(character) && isShown(character);
  }

  /**
   * Letters and marks without a glyph, which hide in names: Default_Ignorable_Code_Point, blanks;
   * and what stands for anything that cannot be read.
   */
  private static boolean isInvisible(int character) {
    return character == 0x34f
        || character == 0x115f
        || character == 0x1160
        || character == 0x17b4
        || character == 0x17b5
        || character >= 0x180b && character <= 0x180f
        || character == 0x2800
        || character == 0x3164
        || character >= 0xfe00 && character <= 0xfe0f
        || character == 0xffa0
        || character == 0xfffd
        || character >= 0xe0100 && character <= 0xe01ef;
  }

  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> false;
      case Character.SPACE_SEPARATOR -> character == ' ';
      default -> true;
    };
  }

  /** The beginning of a value in one line, as text or in base64. */
  static String line(CacheValue value) {
    String text = text(value.bytes())
        .map(TerminalText::value)
        .orElseGet(() -> "base64: " + base64(value.bytes()));
    return text.length() <= SHOWN
        ? text
        : text.codePoints()
            .limit(SHOWN)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .append("… (" + value + ")")
            .toString();
  }

  /** The UTF-8 text of these bytes; empty if they are none. */
  static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
