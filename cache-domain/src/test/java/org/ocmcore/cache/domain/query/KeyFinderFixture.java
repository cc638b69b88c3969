package org.ocmcore.cache.domain.query;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.KeyOrder.By;

/** What the tests of KeyFinder share. */
abstract class KeyFinderFixture {
  final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  static List<CacheKey> keys(FoundKeys found) {
    return found.stream().map(KeyInfo::key).toList();
  }

  static List<String> names(FoundKeys found) {
    return found.stream().map(key -> key.key().toString()).toList();
  }

  static List<String> first(Sample sample, By by) {
    return names(sample
        .finder()
        .page(new KeyQuery(KeyFilter.ALL, KeyOrder.of(by), Optional.empty(), OptionalInt.of(2)))
        .keys());
  }

  static List<String> found(
      Sample sample, Optional<Integer> below, Optional<Integer> above, boolean never) {
    KeyCriteria traits = new KeyCriteria(
        OptionalLong.empty(),
        OptionalLong.empty(),
        below.map(Duration::ofSeconds),
        above.map(Duration::ofSeconds),
        never,
        Optional.empty());
    return names(sample.finder().page(KeyQuery.of(KeyFilter.ALL.with(traits))).keys());
  }

  static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
