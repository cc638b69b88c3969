package org.ocmcore.cache.domain.key;

import java.util.List;

/** A part of a regular expression that an {@link Automaton} can follow. */
sealed interface Part {
  /** Matches nothing between any two characters. */
  Part EMPTY = new Sequence(List.of());

  /**
   * One character.
   *
   * @param letter which ones, as an index into the letters of the expression
   */
  record One(int letter) implements Part {}

  record Sequence(List<Part> parts) implements Part {}

  /** One of them. */
  record Choice(List<Part> parts) implements Part {}

  /**
   * @param least how often at least
   * @param most how often at most, or {@link #UNBOUNDED}
   */
  record Repetition(Part part, int least, int most) implements Part {
    static final int UNBOUNDED = Integer.MAX_VALUE;
  }

  /** What holds between two characters. */
  enum Assertion implements Part {
    BEGIN,
    /** At the end, or before a line terminator that is the end. */
    LAST,
    END,
    BOUNDARY,
    NO_BOUNDARY
  }
}
