package org.ocmcore.cache.domain.pattern;

import org.ocmcore.cache.domain.key.CacheKey;

/**
 * How much a part of a regular expression makes the matcher do without looking at a character,
 * estimated from above.
 *
 * <p>A part is entered, and left towards what follows it once for each way through it, as long as
 * what follows fails. Where that needs no character, the ways multiply unseen: {@code (|)(|)(|)}
 * has eight.
 *
 * @param start what happens between entering the part and a character
 * @param after what happens after a character that was read in the part
 * @param peak the most visits between two characters that are both read in the part
 * @param min the fewest characters that the part can match
 * @param max the most
 */
record RegexCost(Run start, Run after, double peak, double min, double max) {
  /** Stands for infinity, so that zero times it is still zero. */
  static final double UNBOUNDED = 1e15;

  /** No part at all. */
  static final RegexCost NOTHING = new RegexCost(Run.THROUGH, Run.NEVER, 0, 0, 0);

  /** What matches between characters, such as {@code ^}. */
  static final RegexCost ASSERTION = new RegexCost(new Run(1, 1), Run.THROUGH, 0, 0, 0);

  /** The text of a group once more; it may be empty. */
  static final RegexCost REFERENCE = new RegexCost(new Run(1, 1), Run.THROUGH, 0, 0, UNBOUNDED);

  RegexCost {
    peak = Math.min(peak, UNBOUNDED);
    min = Math.min(min, UNBOUNDED);
    max = Math.min(max, UNBOUNDED);
  }

  /** One character, compared with so many things. */
  static RegexCost character(double comparisons) {
    return new RegexCost(new Run(0, comparisons), Run.THROUGH, 0, 1, 1);
  }

  /** The most places that the matcher goes to between two characters. */
  double most() {
    return Math.max(peak, Math.max(start.visits, after.visits));
  }

  RegexCost then(RegexCost next) {
    Run through = after.then(next.start);
    boolean stops = through.exits == 0;
    return new RegexCost(
        start.then(next.start),
        stops ? next.after : through.or(next.after),
        Math.max(stops ? through.visits : 0, Math.max(peak, next.peak)),
        min + next.min,
        max + next.max);
  }

  RegexCost or(RegexCost other) {
    return new RegexCost(
        new Run(start.exits + other.start.exits, start.visits + other.start.visits),
        after.or(other.after),
        Math.max(peak, other.peak),
        Math.min(min, other.min),
        Math.max(max, other.max));
  }

  RegexCost group() {
    return with(start.plusVisit(), after.plusVisit());
  }

  private RegexCost with(Run newStart, Run newAfter) {
    return new RegexCost(newStart, newAfter, peak, min, max);
  }

  /**
   * Repeated. The matcher ends a repetition that has read nothing, but only once it has gone round
   * as often as it must.
   */
  RegexCost repeated(double least, double most) {
    double rounds = 1 + (start.exits > 0 ? Math.max(1, least) : 1) * start.visits;
    return new RegexCost(
        new Run(start.exits + (least == 0 ? 1 : 0), rounds),
        after.then(new Run(start.exits + 1, rounds)),
        peak,
        min * least,
        max * most);
  }

  /** Left at most once. */
  RegexCost atomic() {
    return with(start.once(), after.once());
  }

  /** Looked for here, and no character is taken. */
  RegexCost ahead() {
    return new RegexCost(start.once().plusVisit(), after.once(), peak, 0, 0);
  }

  /** Looked for at each place before here from which it could reach here. */
  RegexCost behind() {
    double places = Math.min(CacheKey.MAX_BYTES, max - min) + 1;
    Run all = new Run(Math.min(1, start.exits), 1 + places * start.visits);
    return new RegexCost(all, after.once(), peak, 0, 0);
  }

  /** Looked for, and not found. */
  RegexCost negated() {
    return with(new Run(1, start.visits), new Run(1, after.visits));
  }

  /**
   * What the matcher does without a character.
   *
   * @param exits ways out of the part
   * @param visits places that it goes to
   */
  record Run(double exits, double visits) {
    static final Run NEVER = new Run(0, 0);
    static final Run THROUGH = new Run(1, 0);

    Run {
      exits = Math.min(exits, UNBOUNDED);
      visits = Math.min(visits, UNBOUNDED);
    }

    Run then(Run next) {
      return new Run(exits * next.exits, visits + exits * next.visits);
    }

    /** The worse of the two. */
    Run or(Run other) {
      return new Run(Math.max(exits, other.exits), Math.max(visits, other.visits));
    }

    Run plusVisit() {
      return new Run(exits, visits + 1);
    }

    Run once() {
      return new Run(Math.min(1, exits), visits);
    }
  }
}
