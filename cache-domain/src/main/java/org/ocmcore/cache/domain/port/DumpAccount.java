package org.ocmcore.cache.domain.port;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What became of every key that was seen while a dump was made.
 *
 * @param servers those that the dump was taken from, in the order of configuration
 */
public record DumpAccount(List<ServerAccount> servers) {
  public DumpAccount {
    servers = List.copyOf(servers);
  }

  /** Whether all servers are, as {@link ServerAccount#isComplete} says. */
  public boolean isComplete() {
    return servers.stream().allMatch(ServerAccount::isComplete);
  }

  /** One of the counts over all servers. */
  public long sum(ToLongFunction<ServerAccount> count) {
    return servers.stream().mapToLong(count).sum();
  }
}
