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
 * The result of a change of many keys. Each matched key is in exactly one of the other counts.
 *
 * @param change the change
 * @param matching the filter; empty if the keys were named
 * @param servers those that hold any of the keys
 * @param refused the first refused keys, with reasons
 * @param failure why some keys are left; empty if none are
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
   * The filter of a change.
   *
   * @param asOf every key counts that has stayed on its server since this time
   */
  public record Matching(KeyFilter filter, Instant asOf) {}

  @Override
  public String words() {
    return "%d done, %d already gone, %d refused, %d left"
        .formatted(
            sum(ServerBulkAccount::done),
            sum(ServerBulkAccount::absent),
            sum(ServerBulkAccount::refused),
            sum(ServerBulkAccount::left));
  }

  /** The sum of one count over all servers. */
  public long sum(ToLongFunction<ServerBulkAccount> count) {
    return servers.stream().mapToLong(count).sum();
  }
}
