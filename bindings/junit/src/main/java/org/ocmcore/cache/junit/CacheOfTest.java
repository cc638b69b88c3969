package org.ocmcore.cache.junit;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.CacheBuilder;
import org.ocmcore.cache.domain.port.Store;

/**
 * The cache of one test and what it stands on.
 *
 * @param clock empty if it cannot be moved
 * @param server empty if the store is in memory
 */
record CacheOfTest(
    Cache cache, Store store, Optional<TestClock> clock, Optional<MemcachedProcess> server)
    implements AutoCloseable {

  static CacheOfTest inMemory(Instant start, UnaryOperator<CacheBuilder> building) {
    TestClock clock = TestClock.at(start);
    Store store = MemoryStore.open(clock);
    Cache cache = building.apply(Cache.builder(store)).build();
    return new CacheOfTest(cache, store, Optional.of(clock), Optional.empty());
  }

  static CacheOfTest onMemcached(String program, UnaryOperator<CacheBuilder> building) {
    MemcachedProcess server = MemcachedProcess.start(program);
    try {
      Store store = MemcachedStore.open(MemcachedSettings.parse(server.address()));
      try {
        Cache cache = building.apply(Cache.builder(store)).build();
        return new CacheOfTest(cache, store, Optional.empty(), Optional.of(server));
      } catch (RuntimeException e) {
        store.close();
        throw e;
      }
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      cache.close();
    } finally {
      server.ifPresent(MemcachedProcess::close);
    }
  }
}
