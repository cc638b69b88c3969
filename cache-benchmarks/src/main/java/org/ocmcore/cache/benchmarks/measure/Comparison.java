package org.ocmcore.cache.benchmarks.measure;

import java.util.Optional;

/**
 * Something to measure and what to compare it with.
 *
 * @param what names it, and is the same at every size
 * @param reference what it is compared with, if with anything
 * @param rounds the fewest that count; if it is one, there is no other beside it
 */
public record Comparison(
    String what, Unit unit, Probe ours, Optional<Reference> reference, Target target, int rounds) {
  private static final int SOME = 3;

  /** Compared with nothing, and with no target. */
  public static Comparison of(String what, Unit unit, Probe ours) {
    return new Comparison(what, unit, ours, Optional.empty(), Target.NONE, SOME);
  }

  /** Compared with this. */
  public Comparison against(String name, Probe probe) {
    return new Comparison(
        what, unit, ours, Optional.of(new Reference(name, probe)), target, rounds);
  }

  /** With this target. */
  public Comparison target(Target target) {
    return new Comparison(what, unit, ours, reference, target, rounds);
  }

  /** In at least so many rounds, of what varies much from one to the next. */
  public Comparison rounds(int fewest) {
    return new Comparison(what, unit, ours, reference, target, fewest);
  }

  /**
   * With one sample, which tells all of what takes room, or so much time that a little more or less
   * says nothing.
   */
  public Comparison once() {
    return rounds(1);
  }

  boolean isOnce() {
    return rounds == 1;
  }

  /** Under another name. */
  Comparison named(String name) {
    return new Comparison(name, unit, ours, reference, target, rounds);
  }

  /** What something is compared with. */
  public record Reference(String name, Probe probe) {}
}
