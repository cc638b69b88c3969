package org.ocmcore.cache.domain.pattern;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a regular expression and tells its {@link RegexCost}.
 *
 * <p>{@code (){1000000000}} keeps {@link java.util.regex} busy for seconds and {@code ^?^?…} for
 * ages, and neither ever calls {@code charAt}, so counting characters alone cannot stop them.
 * Expects what {@link java.util.regex.Pattern} has accepted, in the form that {@link #unquoted}
 * gives.
 */
final class RegexCostAnalyzer {
  /** Less than a whole visit, since it is a step already unless the text is at its end. */
  private static final double CHARACTER = 0.5;

  /** A property of a character is looked up in tables. */
  private static final double PROPERTY = 16;

  /** Whether a character goes on with the one before depends on the properties of both. */
  private static final double CLUSTER = 48;

  /** Not one that is possessive or repeated again. */
  private static final Pattern LEADING_DOTS = Pattern.compile("\\.\\*(?>\\??)(?![*+?{])");

  private final String regex;
  private int at;

  /** Whether {@code \w} and the like go by properties, from some place on: (?U). */
  private boolean isUnicode;

  private RegexCostAnalyzer(String regex) {
    this.regex = regex;
  }

  /**
   * The same expression with {@code \Q…\E} written as single characters. Quotes may stand between
   * any two characters, even within a repetition's count; without them the parts are where they
   * seem to be.
   */
  static String unquoted(String regex) {
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

  /**
   * The same expression without each {@code .*} or {@code .*?} that it begins with. What follows is
   * found somewhere if and only if it is found after nothing, which they match, too; but they cost
   * a walk over the rest of the text for each of its characters. Left alone are those of an
   * expression with alternatives, since they belong to the first only.
   */
  static String withoutLeadingDots(String unquoted) {
    String rest = unquoted;
    Matcher dots = LEADING_DOTS.matcher(rest);
    while (dots.lookingAt() && !hasAlternatives(rest)) {
      rest = rest.substring(dots.end());
      dots.reset(rest);
    }
    return rest;
  }

  /** Whether there is a choice that is not within a group. */
  static boolean hasAlternatives(String unquoted) {
    RegexCostAnalyzer scan = new RegexCostAnalyzer(unquoted);
    scan.sequence();
    return scan.at < unquoted.length();
  }

  /**
   * The work of the whole expression.
   *
   * @throws InvalidPattern if it switches comments mode on, cannot be followed, or has a
   *     {@code \b{g}}, with which Java 17 runs over the end of the text
   */
  static RegexCost of(String unquoted) {
    RegexCostAnalyzer scan = new RegexCostAnalyzer(unquoted);
    RegexCost work = scan.alternatives();
    if (scan.at < unquoted.length()) {
      throw scan.unknown();
    }
    return work;
  }

  private InvalidPattern unknown() {
    return new InvalidPattern("the pattern's cost cannot be told", at);
  }

  private RegexCost alternatives() {
    RegexCost work = sequence();
    while (takes("|")) {
      work = work.or(sequence());
    }
    return work;
  }

  private RegexCost sequence() {
    RegexCost work = RegexCost.NOTHING;
    while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
      work = work.then(repetition(atom()));
    }
    return work;
  }

  private RegexCost atom() {
    return switch (regex.charAt(at)) {
      case '(' -> group();
      case '[' -> characterClass();
      case '\\' -> escape();
      // After a repetition: what is repeated then is nothing.
      case '{' -> RegexCost.ASSERTION;
      case '^', '$' -> one(RegexCost.ASSERTION);
      default -> one(RegexCost.character(CHARACTER));
    };
  }

  private RegexCost one(RegexCost work) {
    at++;
    return work;
  }

  private RegexCost repetition(RegexCost body) {
    RegexCost work;
    if (takes("?")) {
      work = body.repeated(0, 1);
    } else if (takes("*")) {
      work = body.repeated(0, RegexCost.UNBOUNDED);
    } else if (takes("+")) {
      work = body.repeated(1, RegexCost.UNBOUNDED);
    } else if (takes("{")) {
      work = counted(body);
    } else {
      return body;
    }
    if (!takes("?")) {
      takes("+");
    }
    return work;
  }

  private RegexCost counted(RegexCost body) {
    double least = number();
    double most = least;
    if (takes(",")) {
      most = regex.startsWith("}", at) ? RegexCost.UNBOUNDED : number();
    }
    skipPast("}");
    return body.repeated(least, most);
  }

  private double number() {
    double number = 0;
    while (at < regex.length() && Character.isDigit(regex.charAt(at))) {
      number = number * 10 + Character.digit(regex.charAt(at), 10);
      at++;
    }
    return number;
  }

  private RegexCost group() {
    at++;
    if (!takes("?")) {
      return body().group();
    }
    if (takes(":")) {
      return body().group();
    }
    if (takes(">")) {
      return body().group().atomic();
    }
    if (takes("=")) {
      return body().ahead();
    }
    if (takes("!")) {
      return body().ahead().negated();
    }
    if (takes("<=")) {
      return body().behind();
    }
    if (takes("<!")) {
      return body().behind().negated();
    }
    if (takes("<")) {
      skipPast(">");
      return body().group();
    }
    return flags();
  }

  private RegexCost flags() {
    boolean on = true;
    while (at < regex.length() && regex.charAt(at) != ':' && regex.charAt(at) != ')') {
      isUnicode |= on && regex.charAt(at) == 'U';
      if (on && regex.charAt(at) == 'x') {
        throw new InvalidPattern("comments mode (?x) is not supported", at);
      }
      on &= regex.charAt(at) != '-';
      at++;
    }
    return takes(":") ? body().group() : one(RegexCost.ASSERTION);
  }

  private RegexCost body() {
    RegexCost work = alternatives();
    if (!takes(")")) {
      throw unknown();
    }
    return work;
  }

  private RegexCost characterClass() {
    int start = at;
    members();
    return RegexCost.character(1 + (at - start) / 2.0);
  }

  private void members() {
    at++;
    takes("^");
    // A bracket that stands first is a character.
    takes("]");
    while (!takes("]")) {
      if (at >= regex.length()) {
        throw unknown();
      }
      switch (regex.charAt(at)) {
        case '[' -> members();
        case '\\' -> escape();
        default -> at++;
      }
    }
  }

  private RegexCost escape() {
    if (regex.startsWith("\\b{", at)) {
      throw new InvalidPattern("\\b{g} is not supported", at);
    }
    char kind = regex.charAt(at + 1);
    at += 2;
    return switch (kind) {
      case 'c' -> one(RegexCost.character(1));
      case 'p', 'P', 'x', 'N' -> {
        if (takes("{")) {
          skipPast("}");
        }
        yield RegexCost.character(kind == 'p' || kind == 'P' ? PROPERTY : 1);
      }
      case 'd', 'D', 's', 'S', 'w', 'W', 'h', 'H', 'v', 'V' ->
        RegexCost.character(isUnicode ? PROPERTY : 1);
      case 'X' -> RegexCost.character(CLUSTER);
      case 'R' ->
        RegexCost.character(PROPERTY).then(RegexCost.character(PROPERTY).repeated(0, 1));
      case 'k' -> {
        skipPast(">");
        yield RegexCost.REFERENCE;
      }
      case 'b', 'B', 'A', 'G', 'Z', 'z' -> RegexCost.ASSERTION;
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        // The later digits belong to the number or are characters, and which depends on how many
        // groups there are: a reference is the more expensive of the two.
        number();
        yield RegexCost.REFERENCE;
      }
      default -> RegexCost.character(1);
    };
  }

  private boolean takes(String expected) {
    boolean found = regex.startsWith(expected, at);
    if (found) {
      at += expected.length();
    }
    return found;
  }

  private void skipPast(String end) {
    int found = regex.indexOf(end, at);
    if (found < 0) {
      throw unknown();
    }
    at = found + end.length();
  }
}
