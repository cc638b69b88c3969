package org.ocmcore.cache.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.tracking.ServerTracking;

/**
 * How the cache stands.
 *
 * @param totalKeys keys on all servers that answered; for one that could not be walked, though it
 *     does not refuse, the items that it counts itself
 * @param asOf since when every key is known that has been there, as {@code KeyIndex.asOf}
 * @param missing why keys may be missing, a sentence a server; empty if none are
 * @param tracking how the keys of each server are tracked, in the order of {@code servers}
 * @param servers each server, in the order in which they were configured
 */
public record CacheStatus(
    long totalKeys,
    Instant asOf,
    List<String> missing,
    List<ServerTracking> tracking,
    List<ServerStatus> servers) {
  /**
   * How a server stands.
   *
   * @param stats what it tells; empty if it does not answer
   * @param failure why it does not answer; empty if it does
   */
  public record ServerStatus(
      String address, Optional<ServerStats> stats, Optional<StoreUnavailable> failure) {}
}
