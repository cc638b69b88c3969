package org.ocmcore.cache.domain.client;

import java.time.Duration;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.testing.FakeCache;
import org.ocmcore.cache.domain.testing.MutableClock;

/** The library on the domain's own fake, of three servers. */
class FakeStoreTest extends CacheContract {
  private final MutableClock clock = new MutableClock();

  @Override
  protected Store createStore() {
    FakeCache fake = new FakeCache(clock, "a", "b", "c");
    return Store.of(fake, fake, fake, clock);
  }

  @Override
  protected void elapse(Duration duration) {
    clock.advance(duration.plusSeconds(1));
  }
}
