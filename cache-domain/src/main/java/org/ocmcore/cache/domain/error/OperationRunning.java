package org.ocmcore.cache.domain.error;

/** A dump or restore is running, and there is one at a time. */
public final class OperationRunning extends CacheException {
  private static final long serialVersionUID = 1;

  public OperationRunning(String running) {
    super("a " + running + " is already running");
  }
}
