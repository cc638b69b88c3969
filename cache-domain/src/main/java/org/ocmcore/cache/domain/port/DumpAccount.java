package org.ocmcore.cache.domain.port;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What happened to every key that was visited for a dump.
 *
 * @param servers the servers that the dump was taken from, in the order of configuration
 */
public record DumpAccount(List<ServerAccount> servers) {
  public DumpAccount {
    servers = List.copyOf(servers);
  }

  /** Whether every server is {@link ServerAccount#isComplete complete}. */
  public boolean isComplete() {
    return servers.stream().allMatch(ServerAccount::isComplete);
  }

  /** The sum of one count over all servers. */
  public long sum(ToLongFunction<ServerAccount> count) {
    return servers.stream().mapToLong(count).sum();
  }
}
