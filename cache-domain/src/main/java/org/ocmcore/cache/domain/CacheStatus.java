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
 * @param mode how the keys of all servers are tracked; empty if that differs
 * @param tracking the same for each server, in the order of {@code servers}; empty for a caller who
 *     may not see all apps
 * @param servers in the order of configuration
 */
public record CacheStatus(
    long totalKeys,
    Instant asOf,
    List<String> missing,
    Optional<ServerTracking.Mode> mode,
    List<ServerTracking> tracking,
    List<ServerStatus> servers) {
  /**
   * The state of a server.
   *
   * @param stats empty if it does not answer, and for a caller who may not see all apps
   * @param failure why it does not answer; empty if it does
   */
  public record ServerStatus(
      String address, Optional<ServerStats> stats, Optional<StoreUnavailable> failure) {
    /** Whether it answers. */
    public boolean isUp() {
      return failure.isEmpty();
    }

    private ServerStatus withoutStats() {
      return new ServerStatus(address, Optional.empty(), failure);
    }
  }

  /** The same for a caller who sees so many keys, and may not see all apps. */
  CacheStatus limitedTo(long keys) {
    return new CacheStatus(
        keys,
        asOf,
        missing,
        mode,
        List.of(),
        servers.stream().map(ServerStatus::withoutStats).toList());
  }
}
