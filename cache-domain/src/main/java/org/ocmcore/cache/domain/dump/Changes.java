package org.ocmcore.cache.domain.dump;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
final class Changes {
  /** More than anybody asks for: who knows what has changed on a server that does not tell. */
  private static final long UNKNOWN = Long.MAX_VALUE / 1_000;

  /** Servers tell their age in whole seconds, and clocks differ a little. */
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  private final KeyspacePort keyspace;
  private final LongSupplier own;
  private final Clock clock;
  private Counts then;

  /** @param own how many were made to make dumps, which do not count */
  Changes(KeyspacePort keyspace, LongSupplier own, Clock clock) {
    this.keyspace = keyspace;
    this.own = own;
    this.clock = clock;
    then = new Counts(clock.instant(), Map.of(), 0);
  }

  /**
   * What servers count at a moment.
   *
   * @param servers those that answer
   * @param own our changes among them
   */
  record Counts(Instant at, Map<String, ServerStats> servers, long own) {}

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
    return new Counts(clock.instant(), counts, own.getAsLong());
  }

  /** From then on changes are counted. */
  void beginAt(Counts moment) {
    then = moment;
  }

  /** How many there were by then; very many if that cannot be told of a server. */
  long since(Counts now) {
    long all = keyspace.servers().stream()
        .mapToLong(server -> since(
            then.servers.get(server), now.servers.get(server), Duration.between(then.at, now.at)))
        .sum();
    return Math.max(0, all - (now.own - then.own));
  }

  private static long since(ServerStats before, ServerStats after, Duration passed) {
    if (before == null || after == null) {
      return UNKNOWN;
    }
    boolean wasRestarted =
        after.uptime().plus(TOLERANCE).compareTo(before.uptime().plus(passed)) < 0;
    return wasRestarted || after.changes() < before.changes()
        ? UNKNOWN
        : after.changes() - before.changes();
  }
}
