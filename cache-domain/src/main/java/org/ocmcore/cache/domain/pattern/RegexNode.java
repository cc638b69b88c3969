package org.ocmcore.cache.domain.pattern;

import java.util.List;

/** A part of a regular expression that an {@link Automaton} can follow. */
sealed interface RegexNode {
  /** Matches nothing between any two characters. */
  RegexNode EMPTY = new Sequence(List.of());

  /**
   * One character.
   *
   * @param letter which ones, as an index into the letters of the expression
   */
  record One(int letter) implements RegexNode {}

  record Sequence(List<RegexNode> parts) implements RegexNode {}

  /** One of them. */
  record Choice(List<RegexNode> parts) implements RegexNode {}

  /**
   * @param least how often at least
   * @param most how often at most, or {@link #UNBOUNDED}
   */
  record Repetition(RegexNode part, int least, int most) implements RegexNode {
    static final int UNBOUNDED = Integer.MAX_VALUE;
  }

  /** What holds between two characters. */
  enum Assertion implements RegexNode {
    BEGIN,
    /** At the end, or before a line terminator that is the end. */
    LAST,
    END,
    BOUNDARY,
    NO_BOUNDARY
  }
}
