package org.ocmcore.cache.domain.pattern;

import java.io.ByteArrayOutputStream;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Reads what every key must begin with in which an expression is found. Says less than it could
 * where an expression is not plain.
 */
final class AnchoredPrefix {
  private final String regex;
  private int at;

  private AnchoredPrefix(String regex) {
    this.regex = regex;
  }

  /**
   * The ASCII characters that follow a {@code ^} or {@code \A} at the beginning; none if it begins
   * otherwise or has alternatives. It ends before other characters, since they are other bytes in
   * keys that are not UTF-8.
   *
   * @param unquoted an expression that {@link java.util.regex.Pattern} has accepted, in the form
   *     that {@link RegexCostAnalyzer#unquoted} gives
   */
  static byte[] of(String unquoted) {
    AnchoredPrefix prefix = new AnchoredPrefix(unquoted);
    if (RegexCostAnalyzer.hasAlternatives(unquoted) || !prefix.takesAnchor()) {
      return new byte[0];
    }
    return prefix.literals();
  }

  private boolean takesAnchor() {
    if (regex.startsWith("^")) {
      at = 1;
    } else if (regex.startsWith("\\A")) {
      at = 2;
    } else {
      return false;
    }
    return !isRepeated();
  }

  private boolean isRepeated() {
    return at < regex.length() && "*+?{".indexOf(regex.charAt(at)) >= 0;
  }

  private byte[] literals() {
    ByteArrayOutputStream prefix = new ByteArrayOutputStream();
    int literal = literal();
    while (literal >= 0) {
      if (isRepeated()) {
        for (int times = least(); times > 0; times--) {
          prefix.write(literal);
        }
        break;
      }
      prefix.write(literal);
      literal = literal();
    }
    return prefix.toByteArray();
  }

  /** How often what stands before is repeated at least; 0 if that is not plain. */
  private int least() {
    if (regex.charAt(at) == '+') {
      return 1;
    }
    int end = regex.indexOf('}', at);
    if (regex.charAt(at) != '{' || regex.startsWith("{", end + 1)) {
      return 0;
    }
    String least = regex.substring(at + 1, end).split(",", 2)[0];
    return least.matches("[0-9]{1,3}") ? Math.min(Integer.parseInt(least), CacheKey.MAX_BYTES) : 0;
  }

  /** Takes one ASCII character that stands for itself; -1 if none is here. */
  private int literal() {
    if (at >= regex.length()) {
      return -1;
    }
    char character = regex.charAt(at);
    if (character == '\\') {
      return escaped();
    }
    if (character >= 128 || "^$.|?*+()[{".indexOf(character) >= 0) {
      return -1;
    }
    at++;
    return character;
  }

  private int escaped() {
    char kind = regex.charAt(at + 1);
    if (regex.startsWith("\\x{", at)) {
      int end = regex.indexOf('}', at);
      int character = Integer.parseInt(regex.substring(at + 3, end), 16);
      at = end + 1;
      return character < 128 ? character : -1;
    }
    if (kind >= 128 || Character.isLetterOrDigit(kind)) {
      return -1;
    }
    at += 2;
    return kind;
  }
}
