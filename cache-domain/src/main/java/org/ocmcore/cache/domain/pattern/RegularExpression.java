package org.ocmcore.cache.domain.pattern;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * An expression that is regular in the strict sense, taken apart. Which characters a class, an
 * escape or a letter that ignores case stands for is asked of {@link Pattern}, one character at a
 * time, so that this need not know.
 *
 * @param letters what each {@link RegexNode.One} stands for
 */
record RegularExpression(RegexNode part, List<IntPredicate> letters) {
  /**
   * Reads an expression that {@link Pattern} has accepted, without quotes (see
   * {@link RegexCostAnalyzer#unquoted}); empty if it is not regular, or uses what is too rare to be
   * known here: look-around, references, possessive and atomic groups, {@code \G}, {@code \R},
   * {@code \X}, halves of surrogate pairs, and the flags {@code m}, {@code d}, {@code U} and
   * {@code x}.
   */
  static Optional<RegularExpression> of(String unquoted) {
    try {
      Reader reader = new Reader(unquoted);
      RegexNode part = reader.alternatives();
      if (reader.at < unquoted.length()) {
        throw new NotRegular();
      }
      return Optional.of(new RegularExpression(part, List.copyOf(reader.letters)));
    } catch (NotRegular e) {
      return Optional.empty();
    }
  }

  private static final class NotRegular extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotRegular() {
      super(null, null, false, false);
    }
  }

  private static final class Reader {
    private static final int MOST_REPETITIONS = 10_000;

    private final String regex;
    private final List<IntPredicate> letters = new ArrayList<>();
    private final Map<String, Integer> known = new HashMap<>();
    private int at;
    private String flags = "";

    Reader(String regex) {
      this.regex = regex;
    }

    RegexNode alternatives() {
      List<RegexNode> parts = new ArrayList<>();
      do {
        parts.add(sequence());
      } while (takes("|"));
      return parts.size() == 1 ? parts.get(0) : new RegexNode.Choice(parts);
    }

    private RegexNode sequence() {
      List<RegexNode> parts = new ArrayList<>();
      while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
        parts.add(repetition(atom()));
      }
      return parts.size() == 1 ? parts.get(0) : new RegexNode.Sequence(parts);
    }

    private RegexNode atom() {
      return switch (regex.charAt(at)) {
        case '(' -> group();
        case '[' -> {
          int start = at;
          members();
          yield letter(start);
        }
        case '\\' -> escape();
        // After a repetition, where Pattern's reading is peculiar.
        case '{', '*', '+', '?' -> throw new NotRegular();
        case '^' -> assertion(1, RegexNode.Assertion.BEGIN);
        case '$' -> assertion(1, RegexNode.Assertion.LAST);
        default -> {
          int start = at;
          character();
          yield letter(start);
        }
      };
    }

    private RegexNode assertion(int length, RegexNode.Assertion assertion) {
      at += length;
      return assertion;
    }

    private RegexNode repetition(RegexNode part) {
      int least;
      int most;
      if (takes("?")) {
        least = 0;
        most = 1;
      } else if (takes("*")) {
        least = 0;
        most = RegexNode.Repetition.UNBOUNDED;
      } else if (takes("+")) {
        least = 1;
        most = RegexNode.Repetition.UNBOUNDED;
      } else if (takes("{")) {
        least = number();
        most = least;
        if (takes(",")) {
          most = regex.startsWith("}", at) ? RegexNode.Repetition.UNBOUNDED : number();
        }
        require("}");
      } else {
        return part;
      }
      if (!takes("?") && takes("+")) {
        throw new NotRegular();
      }
      return new RegexNode.Repetition(part, least, most);
    }

    private int number() {
      int number = 0;
      int start = at;
      while (at < regex.length() && regex.charAt(at) >= '0' && regex.charAt(at) <= '9') {
        number = number * 10 + regex.charAt(at) - '0';
        at++;
        if (number > MOST_REPETITIONS) {
          throw new NotRegular();
        }
      }
      if (at == start) {
        throw new NotRegular();
      }
      return number;
    }

    private RegexNode group() {
      at++;
      String outside = flags;
      if (takes("?")) {
        if (takes("<")) {
          if (takes("=") || takes("!")) {
            throw new NotRegular();
          }
          at = regex.indexOf('>', at) + 1;
        } else if (!takes(":")) {
          setFlags();
          if (takes(")")) {
            return RegexNode.EMPTY;
          }
          require(":");
        }
      }
      RegexNode body = alternatives();
      require(")");
      flags = outside;
      return body;
    }

    private void setFlags() {
      boolean on = true;
      for (; at < regex.length() && regex.charAt(at) != ':' && regex.charAt(at) != ')'; at++) {
        char flag = regex.charAt(at);
        if (flag == '-' && on) {
          on = false;
        } else if (flag == 'i' || flag == 's' || flag == 'u') {
          flags = flags.replace(String.valueOf(flag), "") + (on ? flag : "");
        } else {
          throw new NotRegular();
        }
      }
    }

    private void members() {
      at++;
      takes("^");
      // A bracket that stands first is a character.
      takes("]");
      while (!takes("]")) {
        if (at >= regex.length()) {
          throw new NotRegular();
        }
        switch (regex.charAt(at)) {
          case '[' -> members();
          case '\\' -> escaped();
          default -> character();
        }
      }
    }

    private RegexNode escape() {
      if (regex.startsWith("\\b{", at)) {
        throw new NotRegular();
      }
      return switch (regex.charAt(at + 1)) {
        case 'A' -> assertion(2, RegexNode.Assertion.BEGIN);
        case 'Z' -> assertion(2, RegexNode.Assertion.LAST);
        case 'z' -> assertion(2, RegexNode.Assertion.END);
        case 'b' -> assertion(2, RegexNode.Assertion.BOUNDARY);
        case 'B' -> assertion(2, RegexNode.Assertion.NO_BOUNDARY);
        default -> {
          int start = at;
          escaped();
          yield letter(start);
        }
      };
    }

    /** Goes past an escape that stands for one character of some kind. */
    private void escaped() {
      at++;
      char kind = regex.charAt(at);
      character();
      switch (kind) {
        case 't', 'n', 'r', 'f', 'a', 'e', 'd', 'D', 'w', 'W', 's', 'S', 'h', 'H', 'v', 'V' -> {}
        case 'c' -> character();
        case 'p', 'P' -> {
          if (takes("{")) {
            at = regex.indexOf('}', at) + 1;
          } else {
            character();
          }
        }
        case 'x' -> {
          if (takes("{")) {
            int end = regex.indexOf('}', at);
            requireWhole(Integer.parseInt(regex.substring(at, end), 16));
            at = end + 1;
          } else {
            at += 2;
          }
        }
        case 'u' -> {
          requireWhole(Integer.parseInt(regex.substring(at, at + 4), 16));
          at += 4;
        }
        case '0' -> {
          int digits = regex.charAt(at) <= '3' ? 3 : 2;
          while (digits > 0 && at < regex.length() && "01234567".indexOf(regex.charAt(at)) >= 0) {
            at++;
            digits--;
          }
        }
        default -> {
          if (kind < 128 && Character.isLetterOrDigit(kind)) {
            throw new NotRegular();
          }
        }
      }
    }

    private void character() {
      int character = regex.codePointAt(at);
      requireWhole(character);
      at += Character.charCount(character);
    }

    private static void requireWhole(int character) {
      if (Character.isBmpCodePoint(character) && Character.isSurrogate((char) character)) {
        throw new NotRegular();
      }
    }

    private RegexNode letter(int start) {
      String text = regex.substring(start, at);
      String written = flags.isEmpty() ? text : "(?" + flags + ")" + text;
      Integer index = known.get(written);
      if (index == null) {
        index = letters.size();
        known.put(written, index);
        letters.add(letter(written, text));
      }
      return new RegexNode.One(index);
    }

    private static IntPredicate letter(String written, String text) {
      int literal = text.codePointAt(0);
      boolean plain = written.length() == Character.charCount(literal) && literal != '.';
      if (plain) {
        return character -> character == literal;
      }
      Pattern pattern = Pattern.compile(written);
      return character -> pattern.matcher(Character.toString(character)).matches();
    }

    private boolean takes(String expected) {
      boolean found = regex.startsWith(expected, at);
      if (found) {
        at += expected.length();
      }
      return found;
    }

    private void require(String expected) {
      if (!takes(expected)) {
        throw new NotRegular();
      }
    }
  }
}
