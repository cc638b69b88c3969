package org.ocmcore.cache.domain.transfer;

import java.time.Duration;

/**
 * The limits on the load that work puts on servers.
 *
 * @param keysPerSecond the most keys a second on all servers together; 0 for no limit
 * @param maxLatency the work on a server pauses while its latency exceeds the baseline by more than
 *     this; {@link Duration#ZERO} for no limit
 */
public record RateLimit(long keysPerSecond, Duration maxLatency) {
  /** No limit. */
  public static final RateLimit FULL = new RateLimit(0, Duration.ZERO);

  public RateLimit {
    if (keysPerSecond < 0) {
      throw new IllegalArgumentException(
          "keysPerSecond is " + keysPerSecond + ", it must not be negative");
    }
    if (maxLatency.isNegative()) {
      throw new IllegalArgumentException(
          "maxLatency is " + maxLatency + ", it must not be negative");
    }
  }
}
