package org.ocmcore.cache.adapter.memory;

import java.time.Duration;
import org.ocmcore.cache.domain.client.CacheContract;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.testing.MutableClock;

/** The library in memory. */
class MemoryStoreTest extends CacheContract {
  private final MutableClock clock = new MutableClock();

  @Override
  protected Store createStore() {
    return MemoryStore.open(clock);
  }

  @Override
  protected void elapse(Duration duration) {
    clock.advance(duration.plusMillis(1));
  }
}
