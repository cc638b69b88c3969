package org.ocmcore.cache.domain.error;

/** There is no job with this id, or it was forgotten. */
public final class JobNotFound extends CacheException {
  private static final long serialVersionUID = 1;

  public JobNotFound(String id) {
    super("Job '" + id + "' not found");
  }
}
