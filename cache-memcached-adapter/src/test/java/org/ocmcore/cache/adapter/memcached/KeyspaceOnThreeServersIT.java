package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.KeyspacePortContract;

/** The contract, on three real servers. */
final class KeyspaceOnThreeServersIT extends KeyspacePortContract {
  private Fleet fleet;

  @Override
  protected CachePort createCache() {
    fleet = Fleet.of(3);
    return fleet.store.cache();
  }

  @Override
  protected KeyspacePort keyspace() {
    return fleet.store.keyspace();
  }

  @Override
  protected void elapse(Duration duration) {
    fleet.elapse(duration);
  }

  @Override
  protected Instant now() {
    return fleet.now();
  }

  @AfterEach
  void close() {
    fleet.close();
  }
}
