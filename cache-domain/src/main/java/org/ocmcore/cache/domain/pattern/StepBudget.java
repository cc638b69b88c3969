package org.ocmcore.cache.domain.pattern;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The steps that one thread of a request may still spend. The threads share the steps of the
 * request. Each takes a batch from them when it needs one, and returns what it is granted beyond
 * its need; so at most two batches of each thread are out of reach of the others.
 */
final class StepBudget {
  private static final long BATCH = 1_000_000;

  private final AtomicLong sharedSteps;

  /** The steps that may still be granted to all threads. */
  private final AtomicLong sharedGrants;

  private long ownSteps;

  /** The steps that may be granted to this thread before it takes more from the shared ones. */
  private long ownGrants;

  /** @param grants the most steps that are granted in all */
  StepBudget(long steps, long grants) {
    this(new AtomicLong(steps), new AtomicLong(grants));
  }

  private StepBudget(AtomicLong sharedSteps, AtomicLong sharedGrants) {
    this.sharedSteps = sharedSteps;
    this.sharedGrants = sharedGrants;
  }

  /** A budget for another thread of the same request. */
  StepBudget fork() {
    return new StepBudget(sharedSteps, sharedGrants);
  }

  /** A budget of one thread, which {@link #renew} fills. */
  static StepBudget renewable() {
    return new StepBudget(0, 0);
  }

  /** Allows so many steps, whatever is left. */
  void renew(long steps) {
    ownSteps = steps;
  }

  /** Adds steps, as long as fewer than the most have been granted. */
  void grant(long steps) {
    if (ownGrants < steps) {
      exchange();
    }
    long granted = Math.min(ownGrants, steps);
    ownGrants -= granted;
    ownSteps += granted;
  }

  /** Takes more grants, and returns the steps that this thread has beyond a batch. */
  private void exchange() {
    // Keys beyond the first hundred thousand get none. To update what all threads share takes long.
    if (sharedGrants.get() == 0) {
      return;
    }
    ownGrants += take(sharedGrants, BATCH);
    long surplus = Math.max(0, ownSteps - BATCH);
    sharedSteps.addAndGet(surplus);
    ownSteps -= surplus;
  }

  /**
   * Spends steps.
   *
   * @throws OutOfSteps if fewer are left
   */
  void spend(long steps) {
    ownSteps -= steps;
    if (ownSteps < 0 && reserve(BATCH) < 0) {
      throw new OutOfSteps();
    }
  }

  /** Reserves steps for this thread; returns how many of them it can spend. */
  long reserve(long steps) {
    long missing = steps - ownSteps;
    if (missing > 0) {
      ownSteps += take(sharedSteps, missing);
    }
    return Math.min(ownSteps, steps);
  }

  private static long take(AtomicLong from, long wanted) {
    long before = from.getAndUpdate(left -> Math.max(0, left - wanted));
    return Math.min(before, wanted);
  }

  /** The steps that this thread can still spend. */
  long left() {
    return ownSteps + sharedSteps.get();
  }

  /** No steps are left. It has no message and no stack trace, so it costs little. */
  static final class OutOfSteps extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfSteps() {
      super(null, null, false, false);
    }
  }
}
