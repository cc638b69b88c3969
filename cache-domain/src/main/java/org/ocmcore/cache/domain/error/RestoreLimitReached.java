package org.ocmcore.cache.domain.error;

import java.util.List;

/** A restore stopped because it would restore more entries than allowed. What it stored stays. */
public final class RestoreLimitReached extends CacheException {
  private static final long serialVersionUID = 1;

  private final long done;
  private final long allowed;

  /**
   * @param done entries that were stored for certain; less than allowed if servers failed
   * @param allowed entries that may be stored
   * @param failures of servers that failed before it stopped; mostly none
   */
  public RestoreLimitReached(long done, long allowed, List<StoreUnavailable> failures) {
    super(message(done, allowed, failures));
    this.done = done;
    this.allowed = allowed;
  }

  private static String message(long done, long allowed, List<StoreUnavailable> failures) {
    StringBuilder message =
        new StringBuilder("%d entries are restored and stay; more would be, and at most %d may be"
            .formatted(done, allowed));
    failures.forEach(failure -> message.append("; ").append(failure.getMessage()));
    return message.toString();
  }

  /** Entries that were stored. */
  public long done() {
    return done;
  }

  /** Entries that may be stored. */
  public long allowed() {
    return allowed;
  }
}
