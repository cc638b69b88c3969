package org.ocmcore.cache.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.KeyspacePort;

/** Binds the store on memcached servers. */
final class MemcachedModule extends AbstractModule {
  private final AppConfig.Memcached config;

  MemcachedModule(AppConfig.Memcached config) {
    this.config = config;
  }

  @Provides
  @Singleton
  MemcachedStore store(Clock clock) {
    return MemcachedStore.open(config.settings(), clock);
  }

  @Provides
  static CachePort cache(MemcachedStore store) {
    return store.cache();
  }

  @Provides
  static KeyspacePort keyspace(MemcachedStore store) {
    return store.keyspace();
  }

  @Provides
  static BulkPort bulk(MemcachedStore store) {
    return store.bulk();
  }

  @Provides
  static StoreConnection connection(MemcachedStore store) {
    return store::close;
  }
}
