package org.ocmcore.cache.domain.error;

/** Work that excludes what was asked for is running, such as a dump during another. */
public final class OperationRunning extends CacheException {
  private static final long serialVersionUID = 1;

  private final String job;

  /**
   * @param running what is running, in a word
   * @param job the id of its job
   */
  public OperationRunning(String running, String job) {
    super("a " + running + " is already running, job '" + job + "'");
    this.job = job;
  }

  /** The id of the job that is running. */
  public String job() {
    return job;
  }
}
