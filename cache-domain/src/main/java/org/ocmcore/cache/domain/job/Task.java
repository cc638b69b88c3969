package org.ocmcore.cache.domain.job;

/** Work that takes long. */
@FunctionalInterface
public interface Task<R> {
  /**
   * Does it all, on one thread or with the help of others.
   *
   * @param progress to be told how far the work is, and to be asked whether it is to go on
   * @return what came of it; null or an empty {@link java.util.Optional} if there is nothing to
   *     tell
   * @throws org.ocmcore.cache.domain.error.Cancelled if {@link Progress#checkpoint} did
   */
  R run(Progress progress);
}
