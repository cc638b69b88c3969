package org.ocmcore.cache.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.tracking.ServerTracking;

/**
 * The state of the cache.
 *
 * @param totalKeys the number of keys on all servers that answered; for a server that could not be
 *     walked although it allows walks, the number of items in its statistics
 * @param asOf see {@code KeyIndex.asOf}
 * @param missing why keys may be missing, a sentence for each server; empty if none are
 * @param tracking how the keys of each server are tracked, in the order of {@code servers}
 * @param servers in the order of configuration
 */
public record CacheStatus(
    long totalKeys,
    Instant asOf,
    List<String> missing,
    List<ServerTracking> tracking,
    List<ServerStatus> servers) {
  /**
   * The state of a server.
   *
   * @param stats empty if it does not answer
   * @param failure why it does not answer; empty if it does
   */
  public record ServerStatus(
      String address, Optional<ServerStats> stats, Optional<StoreUnavailable> failure) {}
}
