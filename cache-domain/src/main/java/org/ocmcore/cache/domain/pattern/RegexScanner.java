package org.ocmcore.cache.domain.pattern;

/** A position in the text of a regular expression, and the steps that move it. */
final class RegexScanner {
  final String text;
  private int at;

  RegexScanner(String text) {
    this.text = text;
  }

  int position() {
    return at;
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  /** The character here, which there must be. */
  char current() {
    return text.charAt(at);
  }

  boolean isAt(String expected) {
    return text.startsWith(expected, at);
  }

  /** Whether a character from the first to the last one is here. */
  boolean isAt(char first, char last) {
    return !isAtEnd() && current() >= first && current() <= last;
  }

  /** Moves past the given text if it is here; returns whether it is. */
  boolean accept(String expected) {
    boolean isHere = isAt(expected);
    if (isHere) {
      at += expected.length();
    }
    return isHere;
  }

  void require(String expected) {
    if (!accept(expected)) {
      throw unknownStructure();
    }
  }

  int codePoint() {
    if (isAtEnd()) {
      throw unknownStructure();
    }
    int character = text.codePointAt(at);
    at += Character.charCount(character);
    return character;
  }

  /** A decimal number; the largest integer if it is larger, 0 if no digit is here. */
  int number() {
    long number = 0;
    while (isAt('0', '9')) {
      number = Math.min(Integer.MAX_VALUE, number * 10 + current() - '0');
      at++;
    }
    return (int) number;
  }

  /** The next so many characters. */
  String take(int length) {
    if (at + length > text.length()) {
      throw unknownStructure();
    }
    at += length;
    return text.substring(at - length, at);
  }

  /** The text up to the given end; moves past that end. */
  String takeUntil(String end) {
    int found = text.indexOf(end, at);
    if (found < 0) {
      throw unknownStructure();
    }
    String taken = text.substring(at, found);
    at = found + end.length();
    return taken;
  }

  InvalidPattern unknownStructure() {
    return new InvalidPattern("the cost of the pattern cannot be determined", at);
  }
}
