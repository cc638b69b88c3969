package org.ocmcore.cache.domain.pattern;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A node of the syntax tree of a regular expression. The leaves carry the flags in effect where
 * they stand, as the constants of {@link Pattern}.
 */
sealed interface RegexNode {
  /** Matches the empty text anywhere. */
  RegexNode EMPTY = new Sequence(List.of());

  /**
   * One character that stands for itself, however it is written.
   *
   * @param character a code point; half of a surrogate pair if the expression names just the half
   */
  record Literal(int character, int flags) implements RegexNode {
    boolean isSurrogate() {
      return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }
  }

  /** The dot. */
  record AnyCharacter(int flags) implements RegexNode {}

  /**
   * A class in brackets.
   *
   * @param text the class as it is written, with its brackets
   * @param hasSurrogates whether it names half of a surrogate pair
   */
  record CharacterClass(String text, boolean hasSurrogates, int flags) implements RegexNode {
    private static final Pattern PROPERTIES = Pattern.compile("\\\\(?:[pP]|(.))", Pattern.DOTALL);

    /** The number of members that go by properties of characters. */
    long properties() {
      boolean isUnicode = (flags & Pattern.UNICODE_CHARACTER_CLASS) != 0;
      return PROPERTIES
          .matcher(text)
          .results()
          .filter(escape ->
              escape.group(1) == null || isUnicode && "dDsSwWhHvV".contains(escape.group(1)))
          .count();
    }
  }

  /** A class of one escape, such as {@code \d} or {@code \p{Lu}}. */
  record PredefinedClass(String text, int flags) implements RegexNode {
    boolean isUnicode() {
      char kind = text.charAt(1);
      return kind == 'p' || kind == 'P' || (flags & Pattern.UNICODE_CHARACTER_CLASS) != 0;
    }
  }

  /** {@code \R}. */
  record LineBreak() implements RegexNode {}

  /** {@code \X}: a character and what combines with it. */
  record Cluster() implements RegexNode {}

  /** {@code \1} or {@code \k<name>}. */
  record BackReference() implements RegexNode {}

  /** A condition on the position between two characters. */
  record Assertion(Kind kind, int flags) implements RegexNode {
    enum Kind {
      BEGIN,
      /** At the end, or before a line terminator that is the end. */
      LAST,
      END,
      WORD_BOUNDARY,
      NO_WORD_BOUNDARY,
      END_OF_LAST_MATCH
    }
  }

  /** A switch of flags for the rest of the group, such as {@code (?i)}. */
  record InlineFlags() implements RegexNode {}

  record Sequence(List<RegexNode> parts) implements RegexNode {}

  record Alternation(List<RegexNode> alternatives) implements RegexNode {}

  /**
   * @param min the fewest times
   * @param max the most times, or {@link #UNBOUNDED}
   * @param end where the repetition ends, as an index into the text of the {@link RegexTree}
   */
  record Repetition(RegexNode body, int min, int max, Mode mode, int end) implements RegexNode {
    static final int UNBOUNDED = Integer.MAX_VALUE;

    enum Mode {
      GREEDY,
      RELUCTANT,
      POSSESSIVE
    }
  }

  /**
   * The operand of a count that follows another repetition, such as the second one in
   * {@code a{2}{3}}: {@link Pattern} repeats nothing there.
   */
  record MissingOperand() implements RegexNode {}

  record Group(Kind kind, RegexNode body) implements RegexNode {
    enum Kind {
      CAPTURING,
      NON_CAPTURING,
      ATOMIC
    }
  }

  record LookAround(Direction direction, boolean isNegated, RegexNode body) implements RegexNode {
    enum Direction {
      AHEAD,
      BEHIND
    }
  }
}
