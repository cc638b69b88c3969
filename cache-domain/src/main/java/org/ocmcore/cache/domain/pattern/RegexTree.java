package org.ocmcore.cache.domain.pattern;

import java.util.List;

/**
 * A regular expression and its syntax tree.
 *
 * @param text the expression without {@code \Q…\E}; see {@link RegexParser}
 */
record RegexTree(String text, RegexNode root) {
  /** The parts that follow each other outside of all groups; one part if there are alternatives. */
  List<RegexNode> parts() {
    return root instanceof RegexNode.Sequence sequence ? sequence.parts() : List.of(root);
  }

  /** Whether the part is repeated once more, as {@code b{2}} is in {@code ab{2}{0}}. */
  boolean isRepeatedAgain(int part) {
    return part + 1 < parts().size()
        && parts().get(part + 1) instanceof RegexNode.Repetition next
        && next.body() instanceof RegexNode.MissingOperand;
  }

  /**
   * The same expression without each {@code .*} or {@code .*?} that it begins with. The rest is
   * found somewhere if and only if it is found after the empty text, which they match, too; but
   * they cost a walk over the rest of the text for each of its characters. Those of an expression
   * with alternatives are kept, since they belong to the first alternative only.
   */
  RegexTree withoutLeadingDots() {
    int dots = 0;
    int end = 0;
    while (dots < parts().size()
        && parts().get(dots) instanceof RegexNode.Repetition repetition
        && isOptionalDots(repetition)
        && !isRepeatedAgain(dots)) {
      end = repetition.end();
      dots++;
    }
    return dots == 0
        ? this
        : new RegexTree(
            text.substring(end),
            new RegexNode.Sequence(parts().subList(dots, parts().size())));
  }

  private static boolean isOptionalDots(RegexNode.Repetition repetition) {
    return repetition.body() instanceof RegexNode.AnyCharacter
        && repetition.min() == 0
        && repetition.max() == RegexNode.Repetition.UNBOUNDED
        && repetition.mode() != RegexNode.Repetition.Mode.POSSESSIVE;
  }
}
