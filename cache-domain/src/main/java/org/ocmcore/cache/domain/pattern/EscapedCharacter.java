package org.ocmcore.cache.domain.pattern;

/** Parses the escapes that stand for one character. */
final class EscapedCharacter {
  private EscapedCharacter() {}

  /**
   * The code point that an escape stands for.
   *
   * @param kind the character after the backslash, which the scanner is past
   */
  static int parse(RegexScanner scanner, int kind) {
    return switch (kind) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'f' -> '\f';
      case 'a' -> 0x07;
      case 'e' -> 0x1b;
      case 'c' -> scanner.codePoint() ^ 64;
      case 'x' -> hex(scanner, scanner.accept("{") ? scanner.takeUntil("}") : scanner.take(2));
      case 'u' -> utf16(scanner);
      case '0' -> octal(scanner);
      case 'N' -> {
        scanner.require("{");
        yield Character.codePointOf(scanner.takeUntil("}"));
      }
      default -> kind;
    };
  }

  /** The character of one {@code &#92;uXXXX}, or of two that are a surrogate pair. */
  private static int utf16(RegexScanner scanner) {
    char first = (char) hex(scanner, scanner.take(4));
    if (Character.isHighSurrogate(first) && scanner.isAt("\\u")) {
      char second = (char)
          hex(scanner, scanner.text.substring(scanner.position() + 2, scanner.position() + 6));
      if (Character.isLowSurrogate(second)) {
        scanner.take(6);
        return Character.toCodePoint(first, second);
      }
    }
    return first;
  }

  private static int octal(RegexScanner scanner) {
    int value = 0;
    for (int digits = scanner.isAt('0', '3') ? 3 : 2;
        digits > 0 && scanner.isAt('0', '7');
        digits--) {
      value = value * 8 + scanner.codePoint() - '0';
    }
    return value;
  }

  private static int hex(RegexScanner scanner, String digits) {
    try {
      return Integer.parseInt(digits, 16);
    } catch (NumberFormatException e) {
      throw scanner.unknownStructure();
    }
  }
}
