package org.ocmcore.cache.domain.schedule;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * How much has changed on all servers since some moment, as they count it. For one thread at a
 * time.
 */
final class ChangeCounter {
  /** More than anybody asks for: who knows what has changed on a server that does not tell. */
  private static final long UNKNOWN = Long.MAX_VALUE / 1_000;

  private final KeyspacePort keyspace;
  private final LongSupplier own;
  private Counts then;

  /** @param own how many were made to make dumps, which do not count */
  ChangeCounter(KeyspacePort keyspace, LongSupplier own) {
    this.keyspace = keyspace;
    this.own = own;
    then = new Counts(Map.of(), 0);
  }

  /**
   * What servers count at a moment.
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
        // That it is left out is what tells of it.
        continue;
      }
    }
    return new Counts(counts, own.getAsLong());
  }

  /** From then on changes are counted. */
  void beginAt(Counts moment) {
    then = moment;
  }

  /** How many there were by then; very many if that cannot be told of a server. */
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
