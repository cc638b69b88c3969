package org.ocmcore.cache.domain.port;

import java.time.Clock;

/**
 * The three ports of one store. Any number of threads may use them until the store is closed.
 *
 * <p>Adapters implement this: {@code MemcachedStore} and {@code MemoryStore}.
 */
public interface Store extends AutoCloseable {
  /** Values under keys. */
  CachePort cache();

  /** The keys on the servers. */
  KeyspacePort keyspace();

  /** Pipelined work on many keys. */
  BulkPort bulk();

  /** The clock that all expiries refer to. */
  Clock clock();

  /** Closes all connections. Running calls fail. Closing twice does nothing. */
  @Override
  void close();

  /** These ports as a store. Closing it does nothing: their owner closes them. */
  static Store of(CachePort cache, KeyspacePort keyspace, BulkPort bulk, Clock clock) {
    return new PortsOfOwner(cache, keyspace, bulk, clock);
  }
}
