package org.ocmcore.cache.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * How the cache stands.
 *
 * @param totalKeys keys on all servers that answered; for one that could not be walked, the items
 *     that it counts itself
 * @param asOf when they were asked
 * @param missing why keys of some servers could not be walked; empty if all were
 * @param servers each server, in the order in which they were configured
 */
public record CacheStatus(
    long totalKeys, Instant asOf, List<StoreUnavailable> missing, List<ServerStatus> servers) {
  /**
   * How a server stands.
   *
   * @param stats what it tells; empty if it does not answer
   * @param problem why it does not answer; empty if it does
   */
  public record ServerStatus(
      String address, Optional<ServerStats> stats, Optional<String> problem) {}
}
