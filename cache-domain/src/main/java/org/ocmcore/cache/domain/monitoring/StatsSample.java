package org.ocmcore.cache.domain.monitoring;

import java.time.Instant;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * The statistics of a server at one moment. Hits, misses and evictions count from its start.
 *
 * @param items on the server, with those that have expired and were not removed yet
 * @param bytes of these items
 * @param connections that are open; empty if there are none by nature
 */
public record StatsSample(
    Instant at,
    long items,
    long bytes,
    long hits,
    long misses,
    long evictions,
    OptionalLong connections) {
  static StatsSample of(Instant at, ServerStats stats) {
    return new StatsSample(
        at,
        stats.currentItems(),
        stats.bytes(),
        stats.hits(),
        stats.misses(),
        stats.evictions(),
        stats.connections());
  }
}
