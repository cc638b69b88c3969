package org.ocmcore.cache.domain.key;

/** Texts of callers, cut so that a sentence with them stays short. */
public final class Excerpt {
  /** The most characters of a name, path or pattern. */
  public static final int NAME = 300;

  /** What a character takes that logs write as {@code \\uXXXX}. */
  private static final int ESCAPED = 6;

  /** The most that the mark of a cut takes in a log. */
  private static final int MARK = 40;

  private Excerpt() {}

  /** The text, or its first {@value #NAME} characters and the number of those left out. */
  public static String ofName(String text) {
    return text.length() <= NAME ? text : cut(text, NAME);
  }

  /**
   * The text, or its beginning and the number of characters left out. What was cut once is not cut
   * again.
   *
   * @param most characters of ASCII that both take, over 40; any other counts as six, since logs
   *     escape it
   */
  public static String ofLogged(String text, int most) {
    int size = 0;
    int end = 0;
    for (int i = 0; i < text.length(); i++) {
      size += size(text.charAt(i));
      if (size <= most - MARK) {
        end = i + 1;
      } else if (size > most) {
        return cut(text, end);
      }
    }
    return text;
  }

  /** What a text takes in a log; see {@link #ofLogged}. */
  public static int size(String text) {
    return text.chars().map(character -> size((char) character)).sum();
  }

  private static int size(char character) {
    if (character < ' ' || character > '~') {
      return ESCAPED;
    }
    return character == '"' || character == '\\' ? 2 : 1;
  }

  private static String cut(String text, int length) {
    int end =
        length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end) + "… (%d characters more)".formatted(text.length() - end);
  }
}
