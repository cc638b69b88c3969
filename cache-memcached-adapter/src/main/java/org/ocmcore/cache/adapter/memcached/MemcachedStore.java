package org.ocmcore.cache.adapter.memcached;

import java.time.Clock;
import java.time.Duration;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store on memcached servers. For any number of threads.
 *
 * <p>Servers may go down and come back at any time, and may be down when the store is opened. A
 * call that needs a server that is down fails with
 * {@link org.ocmcore.cache.domain.error.StoreUnavailable}. A key never moves to another server.
 *
 * <p>Each address of a name that has several is a server of its own. Names are looked up again
 * every 30 seconds and after the loss of a server, in the background. Java keeps addresses for 30
 * seconds more, unless the security property {@code networkaddress.cache.ttl} says less.
 *
 * <p>The timeout of the settings limits each response. A call on a single key, {@code stats} and
 * {@code clear} await one; the first calls await up to four, for the server's version, limits and
 * time. In bulk operations the timeout limits how long a server may neither receive nor send a
 * byte. In a walk it limits each group of 100 keys; a walk waits at most 10 timeouts for the walk
 * of another client. In a feed it limits only the start.
 */
public final class MemcachedStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(MemcachedStore.class);

  private final Servers servers;
  private final CachePort cache;
  private final KeyspacePort keyspace;
  private final BulkPort bulk;
  private final Clock clock;

  private MemcachedStore(Servers servers, Clock clock, FeedMode feed) {
    this.servers = servers;
    this.clock = clock;
    this.cache = new MemcachedCache(servers, clock);
    this.keyspace = new MemcachedKeyspace(servers, clock, feed);
    this.bulk = new MemcachedBulk(servers, clock);
  }

  /** Opens a store by the system's clock, without waiting for any server. */
  public static MemcachedStore open(MemcachedSettings settings) {
    return open(settings, Clock.systemUTC());
  }

  /**
   * Opens a store, without waiting for any server.
   *
   * @param clock the local clock, which all expiries refer to; the servers' clocks may differ
   */
  public static MemcachedStore open(MemcachedSettings settings, Clock clock) {
    return open(settings, clock, Resolver::resolveBySystem, Servers.LOOKUP_INTERVAL);
  }

  static MemcachedStore open(
      MemcachedSettings settings, Clock clock, Resolver resolver, Duration interval) {
    if (settings.tls().isPresent() && !settings.tls().get().isVerified()) {
      LOG.warn("The certificates of the memcached servers are not verified: others on the network"
          + " can read and change what the cache holds. Set MEMCACHED_TLS_CA instead of"
          + " MEMCACHED_TLS_INSECURE");
    }
    Servers servers = new Servers(settings, resolver, interval);
    return new MemcachedStore(servers, clock, settings.feed());
  }

  @Override
  public CachePort cache() {
    return cache;
  }

  @Override
  public KeyspacePort keyspace() {
    return keyspace;
  }

  @Override
  public BulkPort bulk() {
    return bulk;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  /** Closes all connections. Running calls fail; the store cannot be used any more. */
  @Override
  public void close() {
    servers.close();
  }
}
