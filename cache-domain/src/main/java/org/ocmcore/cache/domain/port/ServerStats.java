package org.ocmcore.cache.domain.port;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a server tells of itself; sizes in bytes, counters since it started.
 *
 * @param version of the server's software
 * @param process tells its runs apart: another one if, and only if, it was started anew
 * @param uptime since it started, or up to two seconds more
 * @param currentItems items that it holds, among them such as have expired and not been cleaned
 *     away yet
 * @param bytes that these take
 * @param limitBytes it may use; empty if it has no such limit
 * @param hits reads that found a value
 * @param misses reads that found none
 * @param flushes how often all items were removed at once
 * @param evictions items removed before their end to make room
 * @param changes at least one for each value that was stored or counted up or down, each item that
 *     was deleted or given a new lifetime, and each flush; nothing that only looked counts
 * @param stores attempts to store a value, whether they succeeded or not
 * @param connections open now; empty if it has none
 */
public record ServerStats(
    String version,
    String process,
    Duration uptime,
    long currentItems,
    long bytes,
    OptionalLong limitBytes,
    long hits,
    long misses,
    long flushes,
    long evictions,
    long changes,
    long stores,
    OptionalLong connections) {
  /** The share of reads that found a value, 0 to 1; empty before the first read. */
  public OptionalDouble hitRatio() {
    long reads = hits + misses;
    return reads == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / reads);
  }
}
