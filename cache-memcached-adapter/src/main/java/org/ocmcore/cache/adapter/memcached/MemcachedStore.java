package org.ocmcore.cache.adapter.memcached;

import java.net.InetSocketAddress;
import java.time.Clock;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.KeyspacePort;

/**
 * A store on memcached servers. May be used by any number of threads.
 *
 * <p>Servers may be down when it is opened, and go and come while it is open: calls that need one
 * fail with {@link org.ocmcore.cache.domain.error.StoreUnavailable} until it is back. A key never
 * moves to another server.
 *
 * <p>A call on a single key, {@code stats} and {@code clear} take at most the timeout of the
 * settings. In work on many keys a server may neither take nor send a single byte for so long;
 * every 100 keys of a walk may take that long, and a walk waits at most 10 timeouts for another
 * client's to end. A feed has no timeout but for its beginning.
 */
public final class MemcachedStore implements AutoCloseable {
  private final Servers servers;
  private final CachePort cache;
  private final KeyspacePort keyspace;
  private final BulkPort bulk;

  private MemcachedStore(Servers servers, Clock clock, FeedMode feed) {
    this.servers = servers;
    this.cache = new MemcachedCache(servers, clock);
    this.keyspace = new MemcachedKeyspace(servers, clock, feed);
    this.bulk = new MemcachedBulk(servers, clock);
  }

  /**
   * Opens it, without waiting for any server.
   *
   * @param clock this machine's, by which expiries are told; the servers' own may differ
   */
  public static MemcachedStore open(MemcachedSettings settings, Clock clock) {
    Servers servers = new Servers(settings, InetSocketAddress::new);
    return new MemcachedStore(servers, clock, settings.feed());
  }

  public CachePort cache() {
    return cache;
  }

  public KeyspacePort keyspace() {
    return keyspace;
  }

  public BulkPort bulk() {
    return bulk;
  }

  /** Closes all connections. Calls that run fail; the store must not be used any more. */
  @Override
  public void close() {
    servers.close();
  }
}
