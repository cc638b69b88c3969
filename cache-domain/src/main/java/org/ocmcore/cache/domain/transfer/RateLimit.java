package org.ocmcore.cache.domain.transfer;

import java.time.Duration;

/**
 * How gentle work on many keys is with the servers.
 *
 * @param keysPerSecond the most keys of all servers that are worked on in a second; 0: as many as
 *     can be
 * @param maxLatency while a server answers a request that does nothing later by more than this than
 *     when it is left alone, work on it pauses; {@link Duration#ZERO}: never
 */
public record RateLimit(long keysPerSecond, Duration maxLatency) {
  /** As fast as can be. */
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
