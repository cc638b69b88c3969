package org.ocmcore.cache.domain.error;

/** A long task was cancelled. What it has done stays done. */
public final class Cancelled extends CacheException {
  private static final long serialVersionUID = 1;

  /** @param operation a word for the task */
  public Cancelled(String operation) {
    super(operation + " was cancelled");
  }

  /** @param reason in words */
  public Cancelled(String operation, String reason) {
    super(operation + " was cancelled: " + reason);
  }
}
