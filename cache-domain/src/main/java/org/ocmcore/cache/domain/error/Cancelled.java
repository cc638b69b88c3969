package org.ocmcore.cache.domain.error;

/** Long work was cancelled. What it had done by then it has done. */
public final class Cancelled extends CacheException {
  private static final long serialVersionUID = 1;

  /** @param operation what was cancelled, in a word */
  public Cancelled(String operation) {
    super(operation + " was cancelled");
  }

  /** @param reason why, as it is told to people */
  public Cancelled(String operation, String reason) {
    super(operation + " was cancelled: " + reason);
  }
}
