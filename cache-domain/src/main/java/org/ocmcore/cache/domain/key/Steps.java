package org.ocmcore.cache.domain.key;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one thread may still spend of a request's steps. It takes what it needs from what all
 * threads of the request have in common, some at a time, and puts back what it is granted beyond
 * its need; so at most a few million steps of each thread are out of the others' reach.
 */
final class Steps {
  private static final long TAKEN_AT_ONCE = 1_000_000;
  private static final long KEPT = 4_000_000;

  private final AtomicLong common;
  private long own;

  Steps(long steps) {
    this(new AtomicLong(steps));
  }

  private Steps(AtomicLong common) {
    this.common = common;
  }

  /** For another thread of the same request. */
  Steps fork() {
    return new Steps(common);
  }

  /** Allows more. */
  void grant(long steps) {
    own += steps;
    if (own > KEPT) {
      common.addAndGet(own - TAKEN_AT_ONCE);
      own = TAKEN_AT_ONCE;
    }
  }

  /**
   * Spends some.
   *
   * @throws OutOfSteps if there are not so many
   */
  void spend(long steps) {
    own -= steps;
    if (own < 0 && reserved(TAKEN_AT_ONCE) < 0) {
      throw new OutOfSteps();
    }
  }

  /** Sees to it that so many can be spent by this thread, and tells how many of them can. */
  long reserved(long steps) {
    long wanted = steps - own;
    if (wanted > 0) {
      long before = common.getAndUpdate(left -> Math.max(0, left - wanted));
      own += Math.min(before, wanted);
    }
    return Math.min(own, steps);
  }

  long left() {
    return own + common.get();
  }

  /** There are no more steps; says no more than that, and costs little. */
  static final class OutOfSteps extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfSteps() {
      super(null, null, false, false);
    }
  }
}
