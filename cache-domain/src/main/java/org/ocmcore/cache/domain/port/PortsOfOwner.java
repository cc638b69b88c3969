package org.ocmcore.cache.domain.port;

/** Ports that somebody else closes. */
record PortsOfOwner(CachePort cache, KeyspacePort keyspace, BulkPort bulk) implements Store {
  @Override
  public void close() {
    // The owner closes the ports.
  }
}
