package org.ocmcore.cache.domain.bulk;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.job.Partial;
import org.ocmcore.cache.domain.port.KeyProblem;

/**
 * What became of many keys. Each that matched is in exactly one of the other counts.
 *
 * @param servers those that hold any of them
 * @param refused the first of those that servers refused, with the reasons
 * @param failure why something is left; empty if nothing is
 */
public record BulkReport(
    List<BulkShare> servers,
    List<KeyProblem> refused,
    Duration duration,
    Optional<CacheException> failure)
    implements Partial {
  public BulkReport {
    servers = List.copyOf(servers);
    refused = List.copyOf(refused);
  }

  /** One of the counts over all servers. */
  public long sum(ToLongFunction<BulkShare> count) {
    return servers.stream().mapToLong(count).sum();
  }
}
