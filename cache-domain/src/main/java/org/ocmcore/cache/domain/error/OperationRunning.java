package org.ocmcore.cache.domain.error;

/** A task that excludes this one is running, for example a dump during another. */
public final class OperationRunning extends CacheException {
  private static final long serialVersionUID = 1;

  private final String job;

  /**
   * @param running a word for the running task
   * @param job the id of its job
   */
  public OperationRunning(String running, String job) {
    super("a " + running + " is already running, job '" + job + "'");
    this.job = job;
  }

  /** The id of the running job. */
  public String job() {
    return job;
  }
}
