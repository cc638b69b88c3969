package org.ocmcore.cache.domain.monitoring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.ServerCounters;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * Passes all calls on, and records the statistics that pass by. So the history costs no request of
 * its own: it sees what the health checks ask for.
 */
public record SampledKeyspace(KeyspacePort keyspace, StatsHistory history) implements KeyspacePort {
  @Override
  public ServerStats stats(String server) {
    try {
      ServerStats stats = keyspace.stats(server);
      history.answered(server, stats);
      return stats;
    } catch (StoreUnavailable e) {
      history.unanswered(server);
      throw e;
    }
  }

  @Override
  public List<String> servers() {
    return keyspace.servers();
  }

  @Override
  public String ring() {
    return keyspace.ring();
  }

  @Override
  public Map<String, Integer> ringMatches(List<PlacedKey> keys) {
    return keyspace.ringMatches(keys);
  }

  @Override
  public boolean isInProcess() {
    return keyspace.isInProcess();
  }

  @Override
  public ServerCounters counters(String server, boolean slabs) {
    return keyspace.counters(server, slabs);
  }

  @Override
  public Duration probe(String server) {
    return keyspace.probe(server);
  }

  @Override
  public void walk(String server, Consumer<? super KeyInfo> visitor) {
    keyspace.walk(server, visitor);
  }

  @Override
  public boolean follow(String server, ChangeListener listener) {
    return keyspace.follow(server, listener);
  }
}
