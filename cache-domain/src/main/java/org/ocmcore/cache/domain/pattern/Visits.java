package org.ocmcore.cache.domain.pattern;

/**
 * The work of the matcher between two characters.
 *
 * @param exits the number of ways out of the node
 * @param visits the number of nodes that are visited
 */
record Visits(double exits, double visits) {
  /** Stands for infinity, so that zero times infinity is still zero. */
  static final double UNBOUNDED = 1e15;

  static final Visits NEVER = new Visits(0, 0);
  static final Visits THROUGH = new Visits(1, 0);

  Visits {
    exits = Math.min(exits, UNBOUNDED);
    visits = Math.min(visits, UNBOUNDED);
  }

  Visits then(Visits next) {
    return new Visits(exits * next.exits, visits + exits * next.visits);
  }

  /** The sum of both, which are tried one after the other. */
  Visits plus(Visits other) {
    return new Visits(exits + other.exits, visits + other.visits);
  }

  /** The worse of the two. */
  Visits max(Visits other) {
    return new Visits(Math.max(exits, other.exits), Math.max(visits, other.visits));
  }

  Visits plusVisit() {
    return new Visits(exits, visits + 1);
  }

  /** The same work with at most one way out. */
  Visits once() {
    return new Visits(Math.min(1, exits), visits);
  }
}
