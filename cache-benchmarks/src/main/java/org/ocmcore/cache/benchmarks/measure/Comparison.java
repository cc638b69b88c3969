package org.ocmcore.cache.benchmarks.measure;

import java.util.Optional;

/**
 * Something to measure and what to compare it with.
 *
 * @param what names it, and is the same at every size
 * @param reference what it is compared with, if with anything
 * @param isOnce whether one sample tells all: of what takes room, or so much time that a little
 *     more or less says nothing
 */
public record Comparison(
    String what,
    Unit unit,
    Probe ours,
    Optional<Reference> reference,
    Target target,
    boolean isOnce) {
  /** Compared with nothing, and with no target. */
  public static Comparison of(String what, Unit unit, Probe ours) {
    return new Comparison(what, unit, ours, Optional.empty(), Target.NONE, false);
  }

  /** Compared with this. */
  public Comparison against(String name, Probe probe) {
    return new Comparison(
        what, unit, ours, Optional.of(new Reference(name, probe)), target, isOnce);
  }

  /** With this target. */
  public Comparison target(Target target) {
    return new Comparison(what, unit, ours, reference, target, isOnce);
  }

  /** With one sample. */
  public Comparison once() {
    return new Comparison(what, unit, ours, reference, target, true);
  }

  /** Under another name. */
  Comparison named(String name) {
    return new Comparison(name, unit, ours, reference, target, isOnce);
  }

  /** What something is compared with. */
  public record Reference(String name, Probe probe) {}
}
