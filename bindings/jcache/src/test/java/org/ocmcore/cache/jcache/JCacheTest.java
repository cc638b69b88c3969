package org.ocmcore.cache.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;

class JCacheTest extends JCacheContract {
  /** Time that the test moves. */
  private static final class MovedClock extends Clock {
    private Instant now = Instant.parse("2026-11-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private final MovedClock clock = new MovedClock();
  private final Cache cache = Cache.builder(MemoryStore.open(clock)).build();

  @Override
  Cache library() {
    return cache;
  }

  @Test
  void anEntryExpiresToTheMillisecond() {
    MutableConfiguration<Long, String> configuration = new MutableConfiguration<Long, String>()
        .setTypes(Long.class, String.class)
        .setExpiryPolicyFactory(
            CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 1500)));
    javax.cache.Cache<Long, String> entries = CacheAppCachingProvider.managerOf(
            JCacheSettings.of(cache, new TckCodec()).withClock(clock))
        .createCache("short", configuration);
    entries.put(1L, "x");
    clock.now = clock.now.plusMillis(1499);
    assertEquals("x", entries.get(1L));
    clock.now = clock.now.plusMillis(1);
    assertNull(entries.get(1L));
  }

  @Test
  void withoutASourceTheErrorSaysWhatToDo() {
    ClassLoader none = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader());
    CacheAppCachingProvider provider = new CacheAppCachingProvider();
    CacheException failure =
        assertThrows(CacheException.class, () -> provider.getCacheManager(null, none));
    assertTrue(failure.getMessage().contains("managerOf"), failure.getMessage());
  }

  @Test
  void keysOfUnknownTypesAreRejected() {
    IllegalArgumentException failure = assertThrows(
        IllegalArgumentException.class, () -> KeyConverter.plain().toText("a", Object.class));
    assertTrue(failure.getMessage().contains("setTypes"), failure.getMessage());
  }
}
