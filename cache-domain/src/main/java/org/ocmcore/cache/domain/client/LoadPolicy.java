package org.ocmcore.cache.domain.client;

import java.time.Duration;
import org.ocmcore.cache.domain.entry.Lifetime;

/**
 * How a value is loaded and kept.
 *
 * @param fresh how long a loaded value is fresh
 * @param stale how long it may be read after that while somebody loads a new one; zero for not
 * @param missing how long it is remembered that the loader found nothing; zero for not
 * @param earliness how early a value is loaded anew: 0 not before it is stale; 1 by the formula as
 *     published; more is earlier
 * @param isClusterWide whether one process at a time loads a key
 */
record LoadPolicy(
    Duration fresh, Duration stale, Duration missing, double earliness, boolean isClusterWide) {
  static final LoadPolicy DEFAULT =
      new LoadPolicy(Duration.ofHours(1), Duration.ZERO, Duration.ZERO, 0, false);

  /** @throws IllegalArgumentException if a value would live longer than {@link Lifetime#MAX} */
  LoadPolicy {
    lifetime(fresh, stale);
  }

  /** How long a loaded value is stored. */
  Lifetime lifetime() {
    return lifetime(fresh, stale);
  }

  private static Lifetime lifetime(Duration fresh, Duration stale) {
    return fresh.equals(Cache.FOREVER) ? Lifetime.FOREVER : Lifetime.of(fresh.plus(stale));
  }

  /** Whether the remaining time of a value must be known. */
  boolean needsExpiry() {
    return !stale.isZero() || earliness > 0;
  }
}
