package org.ocmcore.cache.domain.client;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What a {@link Cache} has counted since it was built. The statistics of an app view are its own;
 * its parent counts them too.
 *
 * @param hits reads that found a value
 * @param misses reads that found none, or whose server could not be reached
 * @param loads calls of loaders that returned
 * @param loadFailures calls of loaders that threw
 * @param loadTime the time in all these calls together
 * @param failures calls that a server did not answer, or that were not sent since it had failed
 *     several times
 * @param nearHits those of the hits that the near cache answered; see
 *     {@link CacheBuilder#nearCache}
 */
public record CacheStats(
    long hits,
    long misses,
    long loads,
    long loadFailures,
    Duration loadTime,
    long failures,
    long nearHits) {
  /** The share of reads that found a value, 0 to 1; empty before the first read. */
  public OptionalDouble hitRatio() {
    long reads = hits + misses;
    return reads == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / reads);
  }
}
