package org.ocmcore.cache.domain.error;

import java.util.Optional;

/** A task that excludes this one is running, for example a dump during another. */
public final class OperationRunning extends CacheException {
  private static final long serialVersionUID = 1;

  /** Null if the caller may not see it. */
  private final String job;

  /**
   * @param running a word for the running task
   * @param job the id of its job; empty if the caller may not see it
   */
  public OperationRunning(String running, Optional<String> job) {
    super("a " + running + " is already running"
        + job.map(id -> ", job '" + id + "'").orElse(""));
    this.job = job.orElse(null);
  }

  /** The id of the running job; empty if the caller may not see it. */
  public Optional<String> job() {
    return Optional.ofNullable(job);
  }
}
