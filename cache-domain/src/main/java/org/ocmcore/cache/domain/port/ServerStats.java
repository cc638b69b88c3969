package org.ocmcore.cache.domain.port;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The statistics of a server. Sizes are in bytes; counters begin at its start.
 *
 * @param version of the server's software
 * @param process identifies the server's process: it changes when the server is started again, and
 *     only then
 * @param uptime the time since its start, or up to two seconds more
 * @param currentItems the number of items; counts expired items that were not removed yet
 * @param bytes the bytes of these items
 * @param limitBytes the most bytes that it may use; empty if there is no such limit
 * @param hits reads that found a value
 * @param misses reads that found none
 * @param flushes how often all items were removed at once; counts a pending flush
 * @param isFlushPending whether a flush was sent that has not taken effect yet
 * @param evictions items that were removed before their expiry to make room
 * @param changes at least one for each stored value, increment, decrement, deletion, new lifetime
 *     and flush; reads do not count
 * @param stores attempts to store a value, successful or not
 * @param connections that are open now; empty if there are none by nature
 * @param requiresPassword whether it serves only clients that have given a password
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
    boolean isFlushPending,
    long evictions,
    long changes,
    long stores,
    OptionalLong connections,
    boolean requiresPassword) {
  /** The share of reads that found a value, 0 to 1; empty before the first read. */
  public OptionalDouble hitRatio() {
    long reads = hits + misses;
    return reads == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / reads);
  }
}
