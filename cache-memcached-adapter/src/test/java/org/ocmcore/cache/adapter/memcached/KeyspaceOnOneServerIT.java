package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.KeyspacePortContract;

/** The contract, on one real server. */
final class KeyspaceOnOneServerIT extends KeyspacePortContract {
  private Fleet fleet;

  @Override
  protected CachePort createCache() {
    fleet = Fleet.of(1);
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
