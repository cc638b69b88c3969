package org.ocmcore.cache.domain.pattern;

import java.util.Arrays;

/**
 * A state of the deterministic automaton: the set of NFA states that the characters so far lead to.
 *
 * @param nfaStates in ascending order
 * @param afterWord whether the last character belongs to a word
 * @param isFirst whether no character has been read
 */
record DfaState(int[] nfaStates, boolean afterWord, boolean isFirst) {
  static final DfaState FIRST = new DfaState(new int[0], false, true);

  @Override
  public boolean equals(Object other) {
    return other instanceof DfaState state
        && Arrays.equals(nfaStates, state.nfaStates)
        && afterWord == state.afterWord
        && isFirst == state.isFirst;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(nfaStates) + (afterWord ? 1 : 0) + (isFirst ? 2 : 0);
  }

  /** Whether an assertion holds between the last character and the next symbol. */
  boolean holds(RegexNode.Assertion.Kind assertion, Automaton.Symbol symbol) {
    return switch (assertion) {
      case BEGIN -> isFirst;
      case LAST -> symbol.last();
      case END -> symbol.end();
      case WORD_BOUNDARY -> afterWord != symbol.word();
      case NO_WORD_BOUNDARY -> afterWord == symbol.word();
      case END_OF_LAST_MATCH -> throw new IllegalArgumentException("not regular: " + assertion);
    };
  }
}
