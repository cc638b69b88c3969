package org.ocmcore.cache.domain.bulk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.job.PartialResult;
import org.ocmcore.cache.domain.port.KeyProblem;
import org.ocmcore.cache.domain.query.KeyFilter;

/**
 * What became of many keys. Each that matched is in exactly one of the other counts.
 *
 * @param change what was done to them
 * @param matching which keys were meant; empty if they were named
 * @param servers those that hold any of them
 * @param refused the first of those that servers refused, with the reasons
 * @param failure why something is left; empty if nothing is
 */
public record BulkAccount(
    BulkChange change,
    Optional<Matching> matching,
    List<ServerBulkAccount> servers,
    List<KeyProblem> refused,
    Duration duration,
    Optional<CacheException> failure)
    implements PartialResult {
  public BulkAccount {
    servers = List.copyOf(servers);
    refused = List.copyOf(refused);
  }

  /**
   * Keys that were looked for.
   *
   * @param asOf every key counts that has been on its server from this moment on
   */
  public record Matching(KeyFilter filter, Instant asOf) {}

  /** One of the counts over all servers. */
  public long sum(ToLongFunction<ServerBulkAccount> count) {
    return servers.stream().mapToLong(count).sum();
  }
}
