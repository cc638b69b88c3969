package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.CacheBuilder;
import org.ocmcore.cache.domain.client.CacheContract;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.testing.FakeNearMap;

/** The library with a near cache, with and without a feed of every change. */
@ParameterizedClass(name = "{0}")
@CsvSource({"INSTALLED", "NEWER"})
final class NearLibraryIT extends CacheContract {
  private final Release release;
  private Fleet fleet;

  NearLibraryIT(Release release) {
    this.release = release;
  }

  @Override
  protected Store createStore() {
    fleet = Fleet.of(Duration.ofSeconds(20), MemcachedServer.start(release, "-B", "ascii"));
    return fleet.store;
  }

  @Override
  protected CacheBuilder builder(Store empty) {
    return Cache.builder(empty).nearCache(new FakeNearMap(System::nanoTime), Duration.ofHours(1));
  }

  @Override
  protected void elapse(Duration duration) {
    fleet.elapse(duration);
  }

  @AfterEach
  void close() {
    fleet.close();
  }
}
