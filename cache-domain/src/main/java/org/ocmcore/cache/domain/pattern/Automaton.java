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
 * A regular expression as places to be in while reading a key, of which many may be taken at once
 * (a nondeterministic automaton, after Thompson). Immutable; an {@link LazyDfa} walks it.
 */
final class Automaton {
  /** So many that a thousand characters in a row fit. */
  private static final int MAX_PLACES = 2_000;

  /** What happens in a place: a letter is read, or one of these. */
  static final int FORK = -1;

  static final int ACCEPT = -2;

  private static final int ASSERTION = -3;

  final int size;
  final int start;

  /** A letter's index, {@link #FORK}, {@link #ACCEPT}, or an assertion. */
  final int[] kind;

  final int[] next;

  /** The other way out of a {@link #FORK}. */
  final int[] other;

  /** Whether it can begin only where the key begins. */
  final boolean anchored;

  /** Whether it asks for the boundaries of words. */
  final boolean asksForWords;

  /** The symbol of each ASCII character, and how many there are. */
  final byte[] asciiSymbols = new byte[128];

  final List<Symbol> symbols;
  private final List<IntPredicate> letters;

  private Automaton(Builder builder, int start, List<IntPredicate> letters) {
    this.size = builder.size;
    this.start = start;
    this.kind = Arrays.copyOf(builder.kind, size);
    this.next = Arrays.copyOf(builder.next, size);
    this.other = Arrays.copyOf(builder.other, size);
    this.letters = letters;
    boolean words = false;
    for (int place = 0; place < size; place++) {
      words |= asserts(place)
          && (assertion(place) == RegexNode.Assertion.BOUNDARY
              || assertion(place) == RegexNode.Assertion.NO_BOUNDARY);
    }
    asksForWords = words;
    anchored = isAnchored();
    Map<Symbol, Integer> known = new HashMap<>();
    List<Symbol> distinct = new ArrayList<>();
    for (int character = 0; character < asciiSymbols.length; character++) {
      Symbol symbol = symbol(character, false);
      Integer index = known.putIfAbsent(symbol, distinct.size());
      if (index == null) {
        index = distinct.size();
        distinct.add(symbol);
      }
      asciiSymbols[character] = index.byteValue();
    }
    symbols = List.copyOf(distinct);
  }

  /** The automaton of an expression; empty if it would be too large. */
  static Optional<Automaton> of(RegularExpression expression) {
    Builder builder = new Builder();
    try {
      int accept = builder.place(ACCEPT, 0, 0);
      int start = builder.build(expression.part(), accept);
      return Optional.of(new Automaton(builder, start, expression.letters()));
    } catch (TooLarge e) {
      return Optional.empty();
    }
  }

  boolean asserts(int place) {
    return kind[place] <= ASSERTION;
  }

  RegexNode.Assertion assertion(int place) {
    return RegexNode.Assertion.values()[ASSERTION - kind[place]];
  }

  /** How many letters there are, which is what {@link #symbol} costs. */
  int letters() {
    return letters.size();
  }

  /**
   * What this automaton sees of a character.
   *
   * @param last whether it is, or begins, a line terminator that ends the key
   */
  Symbol symbol(int character, boolean last) {
    BitSet read = new BitSet();
    for (int letter = 0; letter < letters.size(); letter++) {
      read.set(letter, letters.get(letter).test(character));
    }
    boolean word = asksForWords && (character == '_' || Character.isLetterOrDigit(character));
    return new Symbol(read, word, last, false);
  }

  private boolean isAnchored() {
    BitSet met = new BitSet();
    List<Integer> open = new ArrayList<>(List.of(start));
    while (!open.isEmpty()) {
      int place = open.remove(open.size() - 1);
      if (met.get(place) || asserts(place) && assertion(place) == RegexNode.Assertion.BEGIN) {
        continue;
      }
      met.set(place);
      if (kind[place] >= 0 || kind[place] == ACCEPT) {
        return false;
      }
      open.add(next[place]);
      if (kind[place] == FORK) {
        open.add(other[place]);
      }
    }
    return true;
  }

  /**
   * What is read in one step.
   *
   * @param letters those that the character is one of
   * @param word whether it belongs to a word
   * @param last whether the key could as well end before it
   * @param end whether it is no character but the end
   */
  record Symbol(BitSet letters, boolean word, boolean last, boolean end) {
    static final Symbol END = new Symbol(new BitSet(), false, true, true);
  }

  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLarge() {
      super(null, null, false, false);
    }
  }

  /** Builds from the end, so that each part knows what follows it. */
  private static final class Builder {
    private final int[] kind = new int[MAX_PLACES];
    private final int[] next = new int[MAX_PLACES];
    private final int[] other = new int[MAX_PLACES];
    private int size;
    private int built;

    int place(int kindOfPlace, int first, int second) {
      if (size == MAX_PLACES) {
        throw new TooLarge();
      }
      kind[size] = kindOfPlace;
      next[size] = first;
      other[size] = second;
      return size++;
    }

    int build(RegexNode part, int then) {
      // Parts that take no place can be repeated, too.
      built++;
      if (built > 8 * MAX_PLACES) {
        throw new TooLarge();
      }
      if (part instanceof RegexNode.One one) {
        return place(one.letter(), then, 0);
      }
      if (part instanceof RegexNode.Assertion assertion) {
        return place(ASSERTION - assertion.ordinal(), then, 0);
      }
      if (part instanceof RegexNode.Sequence sequence) {
        int first = then;
        for (int i = sequence.parts().size() - 1; i >= 0; i--) {
          first = build(sequence.parts().get(i), first);
        }
        return first;
      }
      if (part instanceof RegexNode.Choice choice) {
        int first = build(choice.parts().get(0), then);
        for (RegexNode alternative : choice.parts().subList(1, choice.parts().size())) {
          first = place(FORK, first, build(alternative, then));
        }
        return first;
      }
      return build((RegexNode.Repetition) part, then);
    }

    private int build(RegexNode.Repetition repetition, int then) {
      int first = then;
      if (repetition.most() == RegexNode.Repetition.UNBOUNDED) {
        first = place(FORK, 0, then);
        next[first] = build(repetition.part(), first);
      } else {
        for (int i = repetition.least(); i < repetition.most(); i++) {
          first = place(FORK, build(repetition.part(), first), then);
        }
      }
      for (int i = 0; i < repetition.least(); i++) {
        first = build(repetition.part(), first);
      }
      return first;
    }
  }
}
