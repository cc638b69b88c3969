package org.ocmcore.cache.domain.pattern;

import java.util.List;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * The work that a node of a regular expression causes between two looks at a character, estimated
 * from above. {@code (){1000000000}} keeps {@link java.util.regex} busy for seconds and
 * {@code ^?^?…} for ages, and neither ever calls {@code charAt}, so counting characters alone
 * cannot stop them.
 *
 * <p>The matcher enters a node, and leaves it towards the next node once for each way through it,
 * as long as the next node fails. If no way needs a character, the ways multiply: {@code (|)(|)(|)}
 * has eight.
 *
 * @param start the work between entering the node and a character
 * @param after the work after a character that was read in the node
 * @param peak the most visits between two characters that are both read in the node
 * @param min the fewest characters that the node can match
 * @param max the most characters
 */
record RegexCost(Visits start, Visits after, double peak, double min, double max) {
  /** Less than a whole visit, since a character is a step already unless the text is at its end. */
  private static final double CHARACTER = 0.5;

  /** A property of a character is looked up in tables. */
  private static final double PROPERTY = 16;

  /** Whether a character continues a cluster depends on the properties of two characters. */
  private static final double CLUSTER = 48;

  private static final RegexCost NOTHING = new RegexCost(Visits.THROUGH, Visits.NEVER, 0, 0, 0);

  private static final RegexCost ASSERTION =
      new RegexCost(new Visits(1, 1), Visits.THROUGH, 0, 0, 0);

  /** The text of a group once more; it may be empty. */
  private static final RegexCost REFERENCE =
      new RegexCost(new Visits(1, 1), Visits.THROUGH, 0, 0, Visits.UNBOUNDED);

  RegexCost {
    peak = Math.min(peak, Visits.UNBOUNDED);
    min = Math.min(min, Visits.UNBOUNDED);
    max = Math.min(max, Visits.UNBOUNDED);
  }

  /** The cost of a whole expression. */
  static RegexCost of(RegexTree tree) {
    return of(tree.root());
  }

  /** The most nodes that the matcher visits between two characters. */
  double maxVisits() {
    return Math.max(peak, Math.max(start.visits(), after.visits()));
  }

  private static RegexCost of(RegexNode node) {
    // Loops rather than streams, since nested groups need as little of the stack as possible.
    if (node instanceof RegexNode.Sequence sequence) {
      RegexCost cost = NOTHING;
      for (RegexNode part : sequence.parts()) {
        cost = cost.then(of(part));
      }
      return cost;
    }
    if (node instanceof RegexNode.Alternation alternation) {
      List<RegexNode> alternatives = alternation.alternatives();
      RegexCost cost = of(alternatives.get(0));
      for (RegexNode alternative : alternatives.subList(1, alternatives.size())) {
        cost = cost.or(of(alternative));
      }
      return cost;
    }
    if (node instanceof RegexNode.Repetition repetition) {
      return of(repetition.body()).repeated(repetition.min(), limit(repetition));
    }
    if (node instanceof RegexNode.Group group) {
      RegexCost cost = of(group.body()).group();
      return group.kind() == RegexNode.Group.Kind.ATOMIC ? cost.atomic() : cost;
    }
    if (node instanceof RegexNode.LookAround look) {
      RegexCost body = of(look.body());
      RegexCost cost =
          look.direction() == RegexNode.LookAround.Direction.AHEAD ? body.ahead() : body.behind();
      return look.isNegated() ? cost.negated() : cost;
    }
    if (node instanceof RegexNode.BackReference) {
      return REFERENCE;
    }
    return node instanceof RegexNode.Assertion
            || node instanceof RegexNode.InlineFlags
            || node instanceof RegexNode.MissingOperand
        ? ASSERTION
        : ofCharacters(node);
  }

  private static RegexCost ofCharacters(RegexNode node) {
    if (node instanceof RegexNode.CharacterClass members) {
      return character(1 + members.text().length() / 2.0 + PROPERTY * members.properties());
    }
    if (node instanceof RegexNode.PredefinedClass predefined) {
      return character(predefined.isUnicode() ? PROPERTY : 1);
    }
    if (node instanceof RegexNode.Cluster) {
      return character(CLUSTER);
    }
    if (node instanceof RegexNode.LineBreak) {
      return character(PROPERTY).then(character(PROPERTY).repeated(0, 1));
    }
    return character(CHARACTER);
  }

  private static double limit(RegexNode.Repetition repetition) {
    return repetition.max() == RegexNode.Repetition.UNBOUNDED ? Visits.UNBOUNDED : repetition.max();
  }

  /** One character, compared with so many things. */
  private static RegexCost character(double comparisons) {
    return new RegexCost(new Visits(0, comparisons), Visits.THROUGH, 0, 1, 1);
  }

  private RegexCost then(RegexCost next) {
    Visits through = after.then(next.start);
    boolean stops = through.exits() == 0;
    return new RegexCost(
        start.then(next.start),
        stops ? next.after : through.max(next.after),
        Math.max(stops ? through.visits() : 0, Math.max(peak, next.peak)),
        min + next.min,
        max + next.max);
  }

  private RegexCost or(RegexCost other) {
    return new RegexCost(
        start.plus(other.start),
        after.max(other.after),
        Math.max(peak, other.peak),
        Math.min(min, other.min),
        Math.max(max, other.max));
  }

  private RegexCost group() {
    return with(start.plusVisit(), after.plusVisit());
  }

  private RegexCost with(Visits newStart, Visits newAfter) {
    return new RegexCost(newStart, newAfter, peak, min, max);
  }

  /**
   * Repeated. The matcher ends a repetition that has read nothing, but only after the fewest rounds
   * that it must make.
   */
  private RegexCost repeated(double fewest, double most) {
    double rounds = 1 + (start.exits() > 0 ? Math.max(1, fewest) : 1) * start.visits();
    return new RegexCost(
        new Visits(start.exits() + (fewest == 0 ? 1 : 0), rounds),
        after.then(new Visits(start.exits() + 1, rounds)),
        peak,
        min * fewest,
        max * most);
  }

  /** Left at most once. */
  private RegexCost atomic() {
    return with(start.once(), after.once());
  }

  /** Searched for from here on, without taking a character. */
  private RegexCost ahead() {
    return new RegexCost(start.once().plusVisit(), after.once(), peak, 0, 0);
  }

  /** Searched for from each position before here at which a match that ends here can begin. */
  private RegexCost behind() {
    double positions = Math.min(CacheKey.MAX_BYTES, max - min) + 1;
    Visits all = new Visits(Math.min(1, start.exits()), 1 + positions * start.visits());
    return new RegexCost(all, after.once(), peak, 0, 0);
  }

  /** Searched for, and not found. */
  private RegexCost negated() {
    return with(new Visits(1, start.visits()), new Visits(1, after.visits()));
  }
}
