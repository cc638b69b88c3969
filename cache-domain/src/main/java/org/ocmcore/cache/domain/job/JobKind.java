package org.ocmcore.cache.domain.job;

import java.util.Optional;

/**
 * A kind of job. {@value #AT_ONCE} jobs of one kind run at a time, and {@value #WAITING} wait.
 *
 * @param name a word for people and clients
 * @param group of all kinds in a group, one job runs at a time; empty for no group
 */
public record JobKind(String name, Optional<String> group) {
  /** The most running jobs of one kind. */
  public static final int AT_ONCE = 4;

  /** The most queued jobs of one kind. */
  public static final int WAITING = 20;

  public JobKind {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a kind of job has no name");
    }
  }

  /** A kind of which several jobs run at a time. */
  public static JobKind of(String name) {
    return new JobKind(name, Optional.empty());
  }

  /** A kind in a group of which one job runs at a time. */
  public static JobKind oneOf(String group, String name) {
    return new JobKind(name, Optional.of(group));
  }

  boolean excludes(JobKind other) {
    return group.isPresent() && group.equals(other.group);
  }
}
