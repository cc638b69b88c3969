package org.ocmcore.cache.domain.pattern;

import java.util.Optional;

/**
 * Patterns as shells and redis have them: {@code *} is any text, {@code ?} one character,
 * {@code [a-z]} and {@code [!a-z]} a class, and a backslash takes the meaning from the next
 * character. They match whole keys.
 */
public final class Glob {
  private static final String META = ".^$|()[]{}+\\";

  private Glob() {}

  /**
   * The regular expression that finds what the glob matches.
   *
   * @throws InvalidPattern if a class does not end, or if nothing follows a backslash
   */
  static String regex(String glob) {
    StringBuilder regex = new StringBuilder("^");
    int at = 0;
    while (at < glob.length()) {
      char c = glob.charAt(at);
      if (c == '*' && at == glob.length() - 1) {
        return regex.toString();
      }
      switch (c) {
        case '*' -> regex.append("(?s:.*)");
        case '?' -> regex.append("(?s:.)");
        case '[' -> {
          int end = classEnd(glob, at);
          regex.append(characterClass(glob.substring(at + 1, end)));
          at = end;
        }
        case '\\' -> {
          at++;
          if (at == glob.length()) {
            throw new InvalidPattern("nothing follows the last backslash of the glob", at - 1);
          }
          regex.append(literal(glob.charAt(at)));
        }
        default -> regex.append(literal(c));
      }
      at++;
    }
    return regex.append("\\z").toString();
  }

  private static String literal(char c) {
    return META.indexOf(c) >= 0 || c == '*' || c == '?' ? "\\" + c : String.valueOf(c);
  }

  /** A bracket that stands first is a member. */
  private static int classEnd(String glob, int start) {
    int first = start + 1;
    if (first < glob.length() && isNegation(glob.charAt(first))) {
      first++;
    }
    int end = glob.indexOf(']', first + 1);
    if (end < 0) {
      throw new InvalidPattern("a class of the glob has no end; \\[ is a bracket", start);
    }
    return end;
  }

  private static boolean isNegation(char c) {
    return c == '!' || c == '^';
  }

  private static String characterClass(String members) {
    boolean isNegated = isNegation(members.charAt(0));
    String escaped =
        (isNegated ? members.substring(1) : members).replaceAll("[\\[\\]\\\\^&]", "\\\\$0");
    return (isNegated ? "[^" : "[") + escaped + "]";
  }

  /**
   * The regular expression for which a pattern would stand as a glob, if it is probably meant as
   * one: a {@code *} or {@code ?} follows a literal character, and nothing else in it is special.
   * {@code user:*} finds {@code superuser1} as a regular expression. Empty if it is probably none.
   */
  public static Optional<String> meant(String pattern) {
    boolean isRepeated = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (META.indexOf(c) >= 0) {
        return Optional.empty();
      }
      isRepeated |= c == '*' || c == '?';
    }
    return isRepeated ? Optional.of(readable(pattern)) : Optional.empty();
  }

  /** Shorter than {@link #regex}, for people. */
  private static String readable(String glob) {
    String regex = "^" + glob.replace("*", ".*").replace("?", ".") + "$";
    return regex.replaceFirst("\\.\\*\\$$", "").replaceFirst("^\\^\\.\\*", "");
  }
}
