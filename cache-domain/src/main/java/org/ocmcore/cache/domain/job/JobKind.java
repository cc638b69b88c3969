package org.ocmcore.cache.domain.job;

import java.util.Optional;

/**
 * What sort of work a job does. Of one kind {@value #AT_ONCE} jobs run at a time and
 * {@value #WAITING} wait for their turn.
 *
 * @param name in a word, as it is told to people and clients
 * @param group of the jobs of all kinds in a group one is there at a time; empty: it keeps no other
 *     kind away
 */
public record JobKind(String name, Optional<String> group) {
  /** How many jobs of one kind run at the same time. */
  public static final int AT_ONCE = 4;

  /** How many more wait until they may run. */
  public static final int WAITING = 20;

  public JobKind {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a kind of job has no name");
    }
  }

  /** Of this kind several jobs run at the same time. */
  public static JobKind of(String name) {
    return new JobKind(name, Optional.empty());
  }

  /** Of this kind, and the others of the group, one job runs at a time. */
  public static JobKind oneOf(String group, String name) {
    return new JobKind(name, Optional.of(group));
  }

  boolean excludes(JobKind other) {
    return group.isPresent() && group.equals(other.group);
  }
}
