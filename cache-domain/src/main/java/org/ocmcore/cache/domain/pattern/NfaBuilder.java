package org.ocmcore.cache.domain.pattern;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * Builds the states of an {@link Automaton} after Thompson, from the end of the expression to its
 * beginning, so that each node knows the state that follows it.
 *
 * <p>Which characters a class, an escape or a letter that ignores case stands for is asked of
 * {@link Pattern}, one character at a time.
 */
final class NfaBuilder {
  /** A thousand characters in a row fit. */
  private static final int MAX_STATES = 2_000;

  private static final int REGULAR_FLAGS =
      Pattern.CASE_INSENSITIVE | Pattern.DOTALL | Pattern.UNICODE_CASE;

  final int[] kind = new int[MAX_STATES];
  final int[] next = new int[MAX_STATES];
  final int[] other = new int[MAX_STATES];
  final List<IntPredicate> letters = new ArrayList<>();
  private final Map<RegexNode, Integer> letterIndexes = new HashMap<>();
  private int size;
  private int visits;

  /** How many states there are. */
  int size() {
    return size;
  }

  /**
   * Adds the states of an expression.
   *
   * @return the start state
   * @throws NotRegular if a node is beyond an automaton, or the automaton would be too large
   */
  int build(RegexNode root) {
    return build(root, state(Automaton.ACCEPT, 0, 0));
  }

  private int state(int kindOfState, int first, int second) {
    if (size == MAX_STATES) {
      throw new NotRegular();
    }
    kind[size] = kindOfState;
    next[size] = first;
    other[size] = second;
    return size++;
  }

  private int build(RegexNode node, int then) {
    if (node instanceof RegexNode.Group group) {
      requireRegular(group.kind() != RegexNode.Group.Kind.ATOMIC);
      return build(group.body(), then);
    }
    // Nodes that take no state can be repeated, too.
    visits++;
    if (visits > 8 * MAX_STATES) {
      throw new NotRegular();
    }
    if (node instanceof RegexNode.Sequence sequence) {
      int first = then;
      for (int i = sequence.parts().size() - 1; i >= 0; i--) {
        first = build(sequence.parts().get(i), first);
      }
      return first;
    }
    if (node instanceof RegexNode.Alternation alternation) {
      List<RegexNode> alternatives = alternation.alternatives();
      int first = build(alternatives.get(0), then);
      for (RegexNode alternative : alternatives.subList(1, alternatives.size())) {
        first = state(Automaton.FORK, first, build(alternative, then));
      }
      return first;
    }
    if (node instanceof RegexNode.Repetition repetition) {
      return build(repetition, then);
    }
    if (node instanceof RegexNode.Assertion assertion) {
      requireRegular(isRegular(assertion.flags()));
      requireRegular(assertion.kind() != RegexNode.Assertion.Kind.END_OF_LAST_MATCH);
      return state(Automaton.kindOf(assertion.kind()), then, 0);
    }
    return node instanceof RegexNode.InlineFlags ? then : state(letter(node), then, 0);
  }

  private int build(RegexNode.Repetition repetition, int then) {
    requireRegular(repetition.mode() != RegexNode.Repetition.Mode.POSSESSIVE);
    int first = then;
    if (repetition.max() == RegexNode.Repetition.UNBOUNDED) {
      first = state(Automaton.FORK, 0, then);
      next[first] = build(repetition.body(), first);
    } else {
      for (int i = repetition.min(); i < repetition.max(); i++) {
        first = state(Automaton.FORK, build(repetition.body(), first), then);
      }
    }
    for (int i = 0; i < repetition.min(); i++) {
      first = build(repetition.body(), first);
    }
    return first;
  }

  /** The index of the predicate of a node that is one character. */
  private int letter(RegexNode node) {
    Integer known = letterIndexes.get(node);
    if (known == null) {
      known = letters.size();
      letters.add(predicate(node));
      letterIndexes.put(node, known);
    }
    return known;
  }

  private static IntPredicate predicate(RegexNode node) {
    if (node instanceof RegexNode.Literal literal) {
      requireRegular(!literal.isSurrogate());
      return (literal.flags() & Pattern.CASE_INSENSITIVE) == 0 && isRegular(literal.flags())
          ? character -> character == literal.character()
          : predicate("\\x{%X}".formatted(literal.character()), literal.flags());
    }
    if (node instanceof RegexNode.AnyCharacter any) {
      return predicate(".", any.flags());
    }
    if (node instanceof RegexNode.PredefinedClass predefined) {
      return predicate(predefined.text(), predefined.flags());
    }
    requireRegular(node instanceof RegexNode.CharacterClass);
    RegexNode.CharacterClass members = (RegexNode.CharacterClass) node;
    requireRegular(!members.hasSurrogates());
    return predicate(members.text(), members.flags());
  }

  private static IntPredicate predicate(String text, int flags) {
    requireRegular(isRegular(flags));
    Pattern pattern = Pattern.compile(text, flags);
    return character -> pattern.matcher(Character.toString(character)).matches();
  }

  private static boolean isRegular(int flags) {
    return (flags & ~REGULAR_FLAGS) == 0;
  }

  private static void requireRegular(boolean isRegular) {
    if (!isRegular) {
      throw new NotRegular();
    }
  }

  /** The expression is beyond an automaton, or its automaton would be too large. */
  static final class NotRegular extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotRegular() {
      super(null, null, false, false);
    }
  }
}
