package org.ocmcore.cache.domain.port;

import java.time.Clock;

/** Ports that somebody else closes. */
record PortsOfOwner(CachePort cache, KeyspacePort keyspace, BulkPort bulk, Clock clock)
    implements Store {
  @Override
  public void close() {
    // The owner closes the ports.
  }
}
