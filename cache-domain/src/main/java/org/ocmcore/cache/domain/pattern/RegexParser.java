package org.ocmcore.cache.domain.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Parses a regular expression that {@link Pattern} has accepted. It follows Pattern's grammar, so
 * it knows where each part begins and ends; what a class contains is left to Pattern.
 *
 * <p>Not accepted, because the cost would have no bound, are comments mode ({@code (?x)}) and
 * {@code \b{g}}, with which Java 17 reads past the end of the text; nor is an intersection with
 * nothing on its right ({@code [a&&]}), on which Java 17 fails when it matches some of them.
 */
final class RegexParser {
  private final RegexScanner scanner;

  /** The flags in effect, as constants of {@link Pattern}. */
  private int flags;

  private RegexParser(RegexScanner scanner) {
    this.scanner = scanner;
  }

  /**
   * The syntax tree of an expression.
   *
   * @throws InvalidPattern if it switches comments mode on, has a {@code \b{g}} or an intersection
   *     with nothing on its right, or has a structure that this parser cannot follow
   */
  static RegexTree parse(String regex) {
    RegexScanner scanner = new RegexScanner(QuotedText.unquote(regex));
    RegexNode root = new RegexParser(scanner).alternatives();
    if (scanner.isAtEnd()) {
      return new RegexTree(scanner.text, root);
    }
    throw scanner.unknownStructure();
  }

  private RegexNode alternatives() {
    List<RegexNode> alternatives = new ArrayList<>();
    do {
      alternatives.add(sequence());
    } while (scanner.accept("|"));
    return alternatives.size() == 1
        ? alternatives.get(0)
        : new RegexNode.Alternation(List.copyOf(alternatives));
  }

  private RegexNode sequence() {
    List<RegexNode> parts = new ArrayList<>();
    while (!scanner.isAtEnd() && scanner.current() != '|' && scanner.current() != ')') {
      parts.add(repetition(atom()));
    }
    return parts.size() == 1 ? parts.get(0) : new RegexNode.Sequence(List.copyOf(parts));
  }

  private RegexNode atom() {
    return switch (scanner.current()) {
      case '(' -> group();
      case '[' -> characterClass();
      case '\\' -> escape();
      case '{' -> new RegexNode.MissingOperand();
      default -> character(scanner.codePoint());
    };
  }

  private RegexNode character(int character) {
    return switch (character) {
      case '^' -> assertion(RegexNode.Assertion.Kind.BEGIN);
      case '$' -> assertion(RegexNode.Assertion.Kind.LAST);
      case '.' -> new RegexNode.AnyCharacter(flags);
      default -> literal(character);
    };
  }

  private RegexNode assertion(RegexNode.Assertion.Kind kind) {
    return new RegexNode.Assertion(kind, flags);
  }

  private String textFrom(int start) {
    return scanner.text.substring(start, scanner.position());
  }

  private RegexNode literal(int character) {
    return new RegexNode.Literal(character, flags);
  }

  private RegexNode repetition(RegexNode body) {
    int min;
    int max = RegexNode.Repetition.UNBOUNDED;
    if (scanner.accept("?")) {
      min = 0;
      max = 1;
    } else if (scanner.accept("*")) {
      min = 0;
    } else if (scanner.accept("+")) {
      min = 1;
    } else if (scanner.accept("{")) {
      min = scanner.number();
      if (!scanner.accept(",")) {
        max = min;
      } else if (!scanner.isAt("}")) {
        max = scanner.number();
      }
      scanner.require("}");
    } else {
      return body;
    }
    RegexNode.Repetition.Mode mode = RegexNode.Repetition.Mode.GREEDY;
    if (scanner.accept("?")) {
      mode = RegexNode.Repetition.Mode.RELUCTANT;
    } else if (scanner.accept("+")) {
      mode = RegexNode.Repetition.Mode.POSSESSIVE;
    }
    return new RegexNode.Repetition(body, min, max, mode, scanner.position());
  }

  private RegexNode group() {
    scanner.codePoint();
    int outerFlags = flags;
    RegexNode group;
    if (!scanner.accept("?")) {
      group = group(RegexNode.Group.Kind.CAPTURING);
    } else if (scanner.accept(":")) {
      group = group(RegexNode.Group.Kind.NON_CAPTURING);
    } else if (scanner.accept(">")) {
      group = group(RegexNode.Group.Kind.ATOMIC);
    } else if (scanner.accept("=")) {
      group = lookAround(RegexNode.LookAround.Direction.AHEAD, false);
    } else if (scanner.accept("!")) {
      group = lookAround(RegexNode.LookAround.Direction.AHEAD, true);
    } else if (scanner.accept("<=")) {
      group = lookAround(RegexNode.LookAround.Direction.BEHIND, false);
    } else if (scanner.accept("<!")) {
      group = lookAround(RegexNode.LookAround.Direction.BEHIND, true);
    } else if (scanner.accept("<")) {
      scanner.takeUntil(">");
      group = group(RegexNode.Group.Kind.CAPTURING);
    } else {
      setFlags();
      if (scanner.accept(")")) {
        return new RegexNode.InlineFlags();
      }
      scanner.require(":");
      group = group(RegexNode.Group.Kind.NON_CAPTURING);
    }
    flags = outerFlags;
    return group;
  }

  private RegexNode group(RegexNode.Group.Kind kind) {
    return new RegexNode.Group(kind, groupBody());
  }

  private RegexNode lookAround(RegexNode.LookAround.Direction direction, boolean isNegated) {
    return new RegexNode.LookAround(direction, isNegated, groupBody());
  }

  private RegexNode groupBody() {
    RegexNode body = alternatives();
    scanner.require(")");
    return body;
  }

  private void setFlags() {
    boolean isOn = true;
    while (!scanner.isAtEnd() && scanner.current() != ':' && scanner.current() != ')') {
      char letter = scanner.current();
      if (letter == '-') {
        isOn = false;
      } else if (isOn && letter == 'x') {
        throw new InvalidPattern("comments mode (?x) is not supported", scanner.position());
      } else if (isOn) {
        flags |= flag(letter);
      } else {
        // Versions of Java differ in what (?-U) leaves on, so it is taken to leave all on.
        flags &= ~(letter == 'U' ? 0 : flag(letter));
      }
      scanner.codePoint();
    }
  }

  private int flag(char letter) {
    return switch (letter) {
      case 'i' -> Pattern.CASE_INSENSITIVE;
      case 's' -> Pattern.DOTALL;
      case 'u' -> Pattern.UNICODE_CASE;
      case 'U' -> Pattern.UNICODE_CHARACTER_CLASS;
      case 'm' -> Pattern.MULTILINE;
      case 'd' -> Pattern.UNIX_LINES;
      case 'c' -> Pattern.CANON_EQ;
      case 'x' -> Pattern.COMMENTS;
      default -> throw scanner.unknownStructure();
    };
  }

  private RegexNode characterClass() {
    int start = scanner.position();
    boolean hasSurrogates = skipMembers();
    return new RegexNode.CharacterClass(textFrom(start), hasSurrogates, flags);
  }

  /** Moves past the end of a class; returns whether it names half of a surrogate pair. */
  private boolean skipMembers() {
    boolean hasSurrogates = false;
    scanner.codePoint();
    scanner.accept("^");
    // A bracket that stands first is a member.
    scanner.accept("]");
    while (!scanner.accept("]")) {
      if (scanner.isAtEnd()) {
        throw scanner.unknownStructure();
      }
      if (scanner.isAt("&&]") || scanner.isAt("&&&")) {
        throw new InvalidPattern(
            "the && of the class has nothing on its right; write \\& for the character &",
            scanner.position());
      }
      hasSurrogates |= switch (scanner.current()) {
        case '[' -> skipMembers();
        case '\\' -> isSurrogate(escape());
        default -> isSurrogate(literal(scanner.codePoint()));
      };
    }
    return hasSurrogates;
  }

  private static boolean isSurrogate(RegexNode member) {
    return member instanceof RegexNode.Literal literal && literal.isSurrogate();
  }

  private RegexNode escape() {
    if (scanner.isAt("\\b{")) {
      throw new InvalidPattern("\\b{g} is not supported", scanner.position());
    }
    int start = scanner.position();
    scanner.codePoint();
    int kind = scanner.codePoint();
    return switch (kind) {
      case 'A' -> assertion(RegexNode.Assertion.Kind.BEGIN);
      case 'Z' -> assertion(RegexNode.Assertion.Kind.LAST);
      case 'z' -> assertion(RegexNode.Assertion.Kind.END);
      case 'b' -> assertion(RegexNode.Assertion.Kind.WORD_BOUNDARY);
      case 'B' -> assertion(RegexNode.Assertion.Kind.NO_WORD_BOUNDARY);
      case 'G' -> assertion(RegexNode.Assertion.Kind.END_OF_LAST_MATCH);
      case 'R' -> new RegexNode.LineBreak();
      case 'X' -> new RegexNode.Cluster();
      case 'k' -> {
        scanner.takeUntil(">");
        yield new RegexNode.BackReference();
      }
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        // The later digits belong to the number or are characters, and which depends on how many
        // groups there are: a reference is the more expensive of the two.
        scanner.number();
        yield new RegexNode.BackReference();
      }
      case 'd', 'D', 's', 'S', 'w', 'W', 'h', 'H', 'v', 'V' ->
        new RegexNode.PredefinedClass(textFrom(start), flags);
      case 'p', 'P' -> {
        if (scanner.accept("{")) {
          scanner.takeUntil("}");
        } else {
          scanner.codePoint();
        }
        yield new RegexNode.PredefinedClass(textFrom(start), flags);
      }
      default -> literal(EscapedCharacter.parse(scanner, kind));
    };
  }
}
