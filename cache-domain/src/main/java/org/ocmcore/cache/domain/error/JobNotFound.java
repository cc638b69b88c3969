package org.ocmcore.cache.domain.error;

/** There is no job of this id: there never was, or it has long been over. */
public final class JobNotFound extends CacheException {
  private static final long serialVersionUID = 1;

  public JobNotFound(String id) {
    super("Job '" + id + "' not found");
  }
}
