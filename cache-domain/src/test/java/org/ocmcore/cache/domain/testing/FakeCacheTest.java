package org.ocmcore.cache.domain.testing;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.CachePortContract;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.KeyspacePortContract;

/** The fake keeps the contracts, so that what is tested with it holds for real stores. */
class FakeCacheTest {
  private final MutableClock clock = new MutableClock();

  private FakeCache threeServers() {
    return new FakeCache(clock, "a:1", "b:1", "c:1");
  }

  private void pass(Duration duration) {
    clock.advance(duration.plusSeconds(1));
  }

  @Nested
  class AsCache extends CachePortContract {
    @Override
    protected CachePort createCache() {
      return threeServers();
    }

    @Override
    protected void elapse(Duration duration) {
      pass(duration);
    }

    @Override
    protected Instant now() {
      return clock.instant();
    }
  }

  @Nested
  class AsKeyspace extends KeyspacePortContract {
    private FakeCache cache;

    @Override
    protected CachePort createCache() {
      cache = threeServers();
      return cache;
    }

    @Override
    protected KeyspacePort keyspace() {
      return cache;
    }

    @Override
    protected void elapse(Duration duration) {
      pass(duration);
    }

    @Override
    protected Instant now() {
      return clock.instant();
    }
  }
}
