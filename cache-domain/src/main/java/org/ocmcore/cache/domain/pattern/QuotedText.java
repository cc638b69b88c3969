package org.ocmcore.cache.domain.pattern;

/** Replaces the quotes {@code \Q…\E} of a regular expression. */
final class QuotedText {
  private QuotedText() {}

  /**
   * The same expression with each quoted character written as {@code \x{…}}. Quotes may stand
   * between any two characters, even within a repetition's count, so a parser could not follow the
   * structure with them.
   */
  static String unquote(String regex) {
    StringBuilder plain = new StringBuilder(regex.length());
    int i = 0;
    while (i < regex.length()) {
      if (regex.startsWith("\\Q", i)) {
        int end = regex.indexOf("\\E", i + 2);
        String quoted = regex.substring(i + 2, end < 0 ? regex.length() : end);
        quoted.codePoints().forEach(c -> plain.append("\\x{%X}".formatted(c)));
        i = end < 0 ? regex.length() : end + 2;
      } else {
        int length = regex.charAt(i) == '\\' ? 2 : 1;
        plain.append(regex, i, Math.min(regex.length(), i + length));
        i += length;
      }
    }
    return plain.toString();
  }
}
