package org.ocmcore.cache.domain.schedule;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * Counts the changes on all servers since some time, by their own statistics. For use by one thread
 * at a time.
 */
final class ChangeCounter {
  /** More than anybody asks for: the changes on this server are unknown. */
  private static final long UNKNOWN = Long.MAX_VALUE / 1_000;

  private final KeyspacePort keyspace;
  private final LongSupplier own;
  private Counts then;

  /** @param own gives the number of changes that were made for dumps; they do not count */
  ChangeCounter(KeyspacePort keyspace, LongSupplier own) {
    this.keyspace = keyspace;
    this.own = own;
    then = new Counts(Map.of(), 0);
  }

  /**
   * The counters at one time.
   *
   * @param servers those that answer
   * @param own our changes among them
   */
  record Counts(Map<String, ServerStats> servers, long own) {}

  Counts now() {
    Map<String, ServerStats> counts = new HashMap<>();
    for (String server : keyspace.servers()) {
      try {
        counts.put(server, keyspace.stats(server));
      } catch (StoreUnavailable e) {
        // A missing server counts as unknown.
        continue;
      }
    }
    return new Counts(counts, own.getAsLong());
  }

  /** Counts from this time on. */
  void beginAt(Counts moment) {
    then = moment;
  }

  /** The number of changes until this time; very large if unknown for a server. */
  long since(Counts now) {
    long all = keyspace.servers().stream()
        .mapToLong(server -> since(then.servers.get(server), now.servers.get(server)))
        .sum();
    return Math.max(0, all - (now.own - then.own));
  }

  private static long since(ServerStats before, ServerStats after) {
    return before == null
            || after == null
            || !after.process().equals(before.process())
            || after.changes() < before.changes()
        ? UNKNOWN
        : after.changes() - before.changes();
  }
}
