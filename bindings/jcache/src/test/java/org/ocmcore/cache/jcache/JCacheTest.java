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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
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
  void aRunningLoadEndsBeforeTheCacheIsDestroyed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    CacheManager manager = CacheAppCachingProvider.managerOf(
        JCacheSettings.of(cache, new TckCodec()).withClock(clock));
    MutableConfiguration<Long, String> configuration = new MutableConfiguration<Long, String>()
        .setTypes(Long.class, String.class)
        .setCacheLoaderFactory(() -> new OneByOne(key -> {
          begun.countDown();
          end.await();
          return "late";
        }));
    manager.createCache("loading", configuration).loadAll(Set.of(1L), true, null);
    begun.await();
    Thread destroyer = new Thread(() -> manager.destroyCache("loading"));
    destroyer.start();
    while (destroyer.getState() == Thread.State.RUNNABLE
        || destroyer.getState() == Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
    assertTrue(destroyer.isAlive(), "it does not wait for the load");
    end.countDown();
    destroyer.join();
    try (Stream<String> left = cache.keys(".")) {
      assertEquals(List.of(), left.toList());
    }
  }

  /** A load of one key. */
  @FunctionalInterface
  private interface Load {
    String apply(Long key) throws InterruptedException;
  }

  private record OneByOne(Load load) implements CacheLoader<Long, String> {
    @Override
    public String load(Long key) {
      try {
        return load.apply(key);
      } catch (InterruptedException e) {
        throw new CacheLoaderException(e);
      }
    }

    @Override
    public Map<Long, String> loadAll(Iterable<? extends Long> keys) {
      Map<Long, String> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      return loaded;
    }
  }

  @Test
  void keysOfUnknownTypesAreRejected() {
    IllegalArgumentException failure = assertThrows(
        IllegalArgumentException.class, () -> KeyConverter.plain().toText("a", Object.class));
    assertTrue(failure.getMessage().contains("setTypes"), failure.getMessage());
  }
}
