package org.ocmcore.cache.domain.error;

import java.time.Duration;

/** Too many wrong tokens came from one address. Nothing was done. */
public final class TooManyFailures extends CacheException {
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  /** @param retryAfter when the next try may succeed */
  public TooManyFailures(String address, Duration retryAfter) {
    super("too many wrong tokens came from %s; try again in %d s with a valid one"
        .formatted(address, retryAfter.toSeconds()));
    this.retryAfter = retryAfter;
  }

  /** When the next try may succeed. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
