package org.ocmcore.cache.domain.error;

/** Every key was to be deleted without the confirmation that it needs. Nothing was done. */
public final class ConfirmationRequired extends CacheException {
  private static final long serialVersionUID = 1;

  public ConfirmationRequired() {
    super("deleting every key on every server needs a confirmation");
  }
}
