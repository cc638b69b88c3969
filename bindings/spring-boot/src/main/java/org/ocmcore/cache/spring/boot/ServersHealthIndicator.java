package org.ocmcore.cache.spring.boot;

import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Asks each server for its version: up if all answer. The details have a line for each server. A
 * server that does not answer costs the store's timeout.
 */
final class ServersHealthIndicator implements HealthIndicator {
  private final KeyspacePort keyspace;

  ServersHealthIndicator(KeyspacePort keyspace) {
    this.keyspace = keyspace;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    for (String server : keyspace.servers()) {
      try {
        health.withDetail(server, "version " + keyspace.stats(server).version());
      } catch (StoreUnavailable e) {
        health.down().withDetail(server, e.reason());
      }
    }
    return health.build();
  }
}
