package org.ocmcore.cache.domain.pattern;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one thread may still spend of a request's steps. It takes what it needs from what all
 * threads of the request have in common, some at a time, and puts back what it is granted beyond
 * its need; so at most a few million steps of each thread are out of the others' reach.
 */
final class StepBudget {
  private static final long TAKEN_AT_ONCE = 1_000_000;
  private static final long KEPT = 4_000_000;

  private final AtomicLong common;

  /** What may still be granted to all threads. */
  private final AtomicLong grants;

  private long own;

  /** What may be granted to this thread before it asks for more. */
  private long ownGrants;

  /** @param grants the most steps that are granted in all */
  StepBudget(long steps, long grants) {
    this(new AtomicLong(steps), new AtomicLong(grants));
  }

  private StepBudget(AtomicLong common, AtomicLong grants) {
    this.common = common;
    this.grants = grants;
  }

  /** For another thread of the same request. */
  StepBudget fork() {
    return new StepBudget(common, grants);
  }

  /** Allows more, as far as the most that may be granted is not reached. */
  void grant(long steps) {
    if (ownGrants < steps) {
      ownGrants += taken(grants, TAKEN_AT_ONCE);
    }
    long granted = Math.min(ownGrants, steps);
    ownGrants -= granted;
    own += granted;
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
      own += taken(common, wanted);
    }
    return Math.min(own, steps);
  }

  private static long taken(AtomicLong from, long wanted) {
    long before = from.getAndUpdate(left -> Math.max(0, left - wanted));
    return Math.min(before, wanted);
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
