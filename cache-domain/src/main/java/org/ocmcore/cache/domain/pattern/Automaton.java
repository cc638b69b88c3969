package org.ocmcore.cache.domain.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A regular expression as a nondeterministic finite automaton (NFA), of which several states can be
 * active at once. Immutable; a {@link LazyDfa} runs it.
 */
final class Automaton {
  /** The kind of a state that goes on in two others without a character. */
  static final int FORK = -1;

  /** The kind of the state in which the expression is found. */
  static final int ACCEPT = -2;

  private static final int FIRST_ASSERTION = -3;
  private static final RegexNode.Assertion.Kind[] ASSERTIONS = RegexNode.Assertion.Kind.values();

  /** How many states there are. */
  final int size;

  final int start;

  /**
   * The index of the letter that a state reads, {@link #FORK}, {@link #ACCEPT}, or an assertion.
   */
  final int[] kind;

  final int[] next;

  /** The second successor of a {@link #FORK}. */
  final int[] other;

  /** Whether a match can begin only where the key begins. */
  final boolean isAnchored;

  /** Whether there is a {@code \b} or a {@code \B}. */
  final boolean hasWordBoundaries;

  /** The index in {@link #symbols} for each ASCII character. */
  final byte[] asciiSymbols = new byte[128];

  final List<Symbol> symbols;
  private final List<IntPredicate> letters;

  private Automaton(NfaBuilder builder, int start) {
    this.size = builder.size();
    this.start = start;
    this.kind = Arrays.copyOf(builder.kind, size);
    this.next = Arrays.copyOf(builder.next, size);
    this.other = Arrays.copyOf(builder.other, size);
    this.letters = List.copyOf(builder.letters);
    boolean boundaries = false;
    for (int state = 0; state < size; state++) {
      boundaries |= isAssertion(state)
          && (assertion(state) == RegexNode.Assertion.Kind.WORD_BOUNDARY
              || assertion(state) == RegexNode.Assertion.Kind.NO_WORD_BOUNDARY);
    }
    hasWordBoundaries = boundaries;
    isAnchored = findsOnlyAtBegin();
    Map<Symbol, Integer> indexes = new HashMap<>();
    List<Symbol> distinct = new ArrayList<>();
    for (int character = 0; character < asciiSymbols.length; character++) {
      Symbol symbol = symbol(character, false);
      Integer index = indexes.putIfAbsent(symbol, distinct.size());
      if (index == null) {
        index = distinct.size();
        distinct.add(symbol);
      }
      asciiSymbols[character] = index.byteValue();
    }
    symbols = List.copyOf(distinct);
  }

  /**
   * The automaton of an expression; empty if the expression has a node that only backtracking can
   * match (look-around, back-references, possessive and atomic groups, {@code \G}, {@code \R},
   * {@code \X}), halves of surrogate pairs, or one of the flags {@code m}, {@code d} and {@code U},
   * or if the automaton would be too large.
   */
  static Optional<Automaton> of(RegexTree tree) {
    NfaBuilder builder = new NfaBuilder();
    try {
      int start = builder.build(tree.root());
      return Optional.of(new Automaton(builder, start));
    } catch (NfaBuilder.NotRegular e) {
      return Optional.empty();
    }
  }

  /** The kind of the states that check an assertion. */
  static int kindOf(RegexNode.Assertion.Kind assertion) {
    return FIRST_ASSERTION - assertion.ordinal();
  }

  boolean isAssertion(int state) {
    return kind[state] <= FIRST_ASSERTION;
  }

  RegexNode.Assertion.Kind assertion(int state) {
    return ASSERTIONS[FIRST_ASSERTION - kind[state]];
  }

  /** The number of letters, which is the cost of {@link #symbol}. */
  int letterCount() {
    return letters.size();
  }

  /**
   * The symbol of a character.
   *
   * @param last whether the character is, or begins, a line terminator that ends the key
   */
  Symbol symbol(int character, boolean last) {
    BitSet matching = new BitSet();
    for (int letter = 0; letter < letters.size(); letter++) {
      matching.set(letter, letters.get(letter).test(character));
    }
    boolean word = hasWordBoundaries && (character == '_' || Character.isLetterOrDigit(character));
    return new Symbol(matching, word, last, false);
  }

  private boolean findsOnlyAtBegin() {
    BitSet visited = new BitSet();
    List<Integer> open = new ArrayList<>(List.of(start));
    while (!open.isEmpty()) {
      int state = open.remove(open.size() - 1);
      if (visited.get(state)
          || isAssertion(state) && assertion(state) == RegexNode.Assertion.Kind.BEGIN) {
        continue;
      }
      visited.set(state);
      if (kind[state] >= 0 || kind[state] == ACCEPT) {
        return false;
      }
      open.add(next[state]);
      if (kind[state] == FORK) {
        open.add(other[state]);
      }
    }
    return true;
  }

  /**
   * A class of characters that the automaton treats alike; one of the symbols is the end.
   *
   * @param letters the letters that the character matches
   * @param word whether the character belongs to a word
   * @param last whether {@code $} holds before it
   * @param end whether this is the end of the key
   */
  record Symbol(BitSet letters, boolean word, boolean last, boolean end) {
    static final Symbol END = new Symbol(new BitSet(), false, true, true);
  }
}
