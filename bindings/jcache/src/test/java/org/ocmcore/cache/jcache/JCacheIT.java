package org.ocmcore.cache.jcache;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.domain.client.Cache;

/** The contract on a real memcached. */
class JCacheIT extends JCacheContract {
  private static MemcachedServer server;
  private static Cache cache;

  @BeforeAll
  static void openStore() {
    server = MemcachedServer.start();
    cache = Cache.builder(MemcachedStore.open(MemcachedSettings.parse(server.address())))
        .build();
  }

  @AfterAll
  static void closeStore() {
    cache.close();
    server.stop();
  }

  @Override
  Cache library() {
    return cache;
  }
}
