package org.ocmcore.cache.benchmarks.inside;

import java.time.Duration;
import java.util.Optional;
import org.ocmcore.cache.benchmarks.load.FixedStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * What {@link Cache} and a view of an app add to a call of the port, on a store that costs next to
 * nothing. The port gets a key that is made in advance; the cache makes one for each call.
 */
public class FacadeBenchmark extends Inside {
  private static final String KEY = "a00:cart:007:00000000deadbeef";
  private static final String TEXT = "a text of 32 characters, as they";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Lifetime LIFETIME = Lifetime.ofSeconds(3_600);

  private final CacheKey key = CacheKey.of(KEY);
  private final CacheValue value = CacheValue.ofText(TEXT);
  private final FixedStore store = new FixedStore(value);
  private final CachePort port = store.cache();
  private final Cache cache = Cache.builder(store).build();
  private final Cache view = cache.app("app");

  @Benchmark
  public Optional<CacheValue> portGet() {
    return port.get(key);
  }

  @Benchmark
  public Optional<String> cacheGet() {
    return cache.get(KEY, String.class);
  }

  @Benchmark
  public Optional<String> viewGet() {
    return view.get(KEY, String.class);
  }

  @Benchmark
  public void portSet() {
    port.store(key, value, LIFETIME);
  }

  @Benchmark
  public void cacheSet() {
    cache.set(KEY, TEXT, HOUR);
  }

  @Benchmark
  public void viewSet() {
    view.set(KEY, TEXT, HOUR);
  }
}
