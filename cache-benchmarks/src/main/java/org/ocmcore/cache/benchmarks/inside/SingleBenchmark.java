package org.ocmcore.cache.benchmarks.inside;

import java.util.Optional;
import org.ocmcore.cache.benchmarks.peer.CannedPeer;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/**
 * What a call on a single key costs beside the waiting, which is most of its time: look at what it
 * allocates.
 */
public class SingleBenchmark extends OnPeer {
  private static final Lifetime LIFETIME = Lifetime.ofSeconds(86_400);

  private final CacheKey key = key(0);
  private final CacheValue value = CacheValue.wrap(CannedPeer.value(VALUE_BYTES), 0);
  private CachePort cache;

  @Setup(Level.Trial)
  public void connect() {
    cache = store.cache();
  }

  @Benchmark
  public Optional<CacheValue> get() {
    return cache.get(key);
  }

  @Benchmark
  public void store() {
    cache.store(key, value, LIFETIME);
  }

  @Benchmark
  public boolean refresh() {
    return cache.refresh(key, LIFETIME);
  }

  @Benchmark
  public boolean delete() {
    return cache.delete(key);
  }
}
