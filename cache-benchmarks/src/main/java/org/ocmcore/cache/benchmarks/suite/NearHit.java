package org.ocmcore.cache.benchmarks.suite;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.adapter.memory.MemoryNearMap;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.benchmarks.load.FollowedKeyspace;
import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Store;

/**
 * A hit in the near cache against a hit in a bare Caffeine cache of the same keys, whose entries
 * also expire. One thread.
 */
final class NearHit {
  private static final Target TARGET = Target.ratioAtMost(2);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final long BYTES = 256L * 1024 * 1024;

  private NearHit() {}

  /**
   * Measures and adds the row.
   *
   * @param names {@link Throughput#KEYS} keys
   */
  static void compare(List<String> names, String text, BenchmarkRunner runner) throws Exception {
    com.github.benmanes.caffeine.cache.Cache<String, Optional<String>> bare = Caffeine.newBuilder()
        .maximumSize(2L * names.size())
        .expireAfterWrite(HOUR)
        .build();
    MemoryStore memory = MemoryStore.open(Clock.systemUTC());
    Store followed = Store.of(
        memory.cache(), new FollowedKeyspace(memory.keyspace()), memory.bulk(), memory.clock());
    names.forEach(
        name -> memory.cache().store(CacheKey.of(name), CacheValue.ofText(text), Lifetime.FOREVER));
    try (memory;
        Cache cache = Cache.builder(followed)
            .nearCache(MemoryNearMap.ofBytes(BYTES), HOUR)
            .build()) {
      awaitFeed(cache, names.get(0));
      for (String name : names) {
        bare.put(name, Optional.of(text));
        cache.get(name, String.class);
      }
      runner.runBriefly(Comparison.of(
              "hit in the near cache",
              Unit.SECONDS,
              () -> FacadeCost.secondsOfCall(i -> require(cache.get(names.get(i), String.class))))
          .against(
              "bare Caffeine",
              () -> FacadeCost.secondsOfCall(i -> require(bare.getIfPresent(names.get(i)))))
          .target(TARGET));
    }
  }

  /** Until the feed is trusted, an entry lasts for a second only. */
  private static void awaitFeed(Cache cache, String name) throws InterruptedException {
    long hits = -1;
    while (cache.stats().nearHits() != hits + 1) {
      cache.get(name, String.class);
      Thread.sleep(1_500);
      hits = cache.stats().nearHits();
      cache.get(name, String.class);
    }
  }

  private static void require(Optional<String> found) {
    if (found.isEmpty()) {
      throw new IllegalStateException("a key is missing");
    }
  }
}
