package org.ocmcore.cache.benchmarks.load;

import java.time.Duration;

/**
 * A lifetime and how common it is.
 *
 * @param ttl whole seconds; zero: never expires
 * @param share more than 0; of what all shares add up to
 */
public record TtlShare(Duration ttl, double share) {
  public TtlShare {
    if (ttl.isNegative()) {
      throw new IllegalArgumentException("a lifetime of " + ttl + " is negative");
    }
    if (!(share > 0)) {
      throw new IllegalArgumentException("a share of " + share + " is not more than 0");
    }
  }

  static TtlShare never() {
    return new TtlShare(Duration.ZERO, 1);
  }

  static TtlShare of(Duration ttl, double share) {
    return new TtlShare(ttl, share);
  }
}
