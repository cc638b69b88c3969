package org.ocmcore.cache.adapter.memory;

import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.CacheBuilder;
import org.ocmcore.cache.domain.client.CacheContract;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.testing.MutableClock;

/** The library in memory, with a near cache in front. */
class NearMemoryStoreTest extends CacheContract {
  private final MutableClock clock = new MutableClock();
  private final Instant start = clock.instant();

  @Override
  protected Store createStore() {
    return MemoryStore.open(clock);
  }

  @Override
  protected CacheBuilder builder(Store empty) {
    MemoryNearMap map = MemoryNearMap.ofBytes(
        1 << 20, () -> Duration.between(start, clock.instant()).toNanos());
    return Cache.builder(empty).nearCache(map, Duration.ofHours(1));
  }

  @Override
  protected void elapse(Duration duration) {
    clock.advance(duration.plusMillis(1));
  }
}
