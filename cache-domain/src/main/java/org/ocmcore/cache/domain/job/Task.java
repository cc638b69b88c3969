package org.ocmcore.cache.domain.job;

/** A long task. */
@FunctionalInterface
public interface Task<R> {
  /**
   * Executes it, on this thread or with the help of others.
   *
   * @param progress receives the progress and may end the task
   * @return the result; null or an empty {@link java.util.Optional} if there is none
   * @throws org.ocmcore.cache.domain.error.Cancelled if {@link Progress#checkpoint} did
   */
  R run(Progress progress);
}
