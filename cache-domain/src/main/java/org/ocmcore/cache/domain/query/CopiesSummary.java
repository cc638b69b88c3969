package org.ocmcore.cache.domain.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * What the copies of keys add up to that work would be about.
 *
 * @param copies how many there are; a key that several servers hold counts for each
 * @param bytes that their items take
 * @param servers how many each server holds, in their order
 * @param apps those with the most copies, the most first
 * @param totalApps how many apps there are
 * @param sample the first keys
 * @param asOf every copy counts that has been on its server from this moment on
 */
public record CopiesSummary(
    long copies,
    long bytes,
    Map<String, Long> servers,
    List<AppCopies> apps,
    long totalApps,
    List<CacheKey> sample,
    Instant asOf) {
  /** How many copies are those of an app's keys. */
  public record AppCopies(AppName app, long copies) {}
}
