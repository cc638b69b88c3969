package org.ocmcore.cache.domain.monitoring;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.ServerCounters;

/** Fetches the counters of all servers. Safe for use by any number of threads. */
public final class FleetCounters {
  private final KeyspacePort keyspace;
  private final Executor executor;

  /** @param executor asks the servers, all at once if it has enough threads */
  public FleetCounters(KeyspacePort keyspace, Executor executor) {
    this.keyspace = keyspace;
    this.executor = executor;
  }

  /**
   * The counters of a server.
   *
   * @param counters empty if it does not answer in time
   */
  public record Answer(String server, Optional<ServerCounters> counters) {}

  /**
   * The answers of all servers, in the order of configuration. A server that is down takes no
   * longer than its time limit.
   *
   * @param slabs whether to fetch the counters of each slab class as well
   */
  public List<Answer> fetch(boolean slabs) {
    List<CompletableFuture<Answer>> answers = keyspace.servers().stream()
        .map(server -> CompletableFuture.supplyAsync(() -> fetch(server, slabs), executor))
        .toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private Answer fetch(String server, boolean slabs) {
    try {
      return new Answer(server, Optional.of(keyspace.counters(server, slabs)));
    } catch (StoreUnavailable e) {
      return new Answer(server, Optional.empty());
    }
  }
}
