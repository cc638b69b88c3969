package org.ocmcore.cache.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.ocmcore.cache.adapter.memory.MemoryCache;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.KeyspacePort;

/** Binds the store in this process. */
final class MemoryModule extends AbstractModule {
  private final AppConfig.Memory config;

  MemoryModule(AppConfig.Memory config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(CachePort.class).to(MemoryCache.class);
    bind(KeyspacePort.class).to(MemoryCache.class);
    bind(BulkPort.class).to(MemoryCache.class);
    bind(StoreConnection.class).toInstance(() -> {});
  }

  @Provides
  @Singleton
  MemoryCache cache(Clock clock) {
    return new MemoryCache(config.maxEntries(), config.maxBytes(), clock);
  }
}
