package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.testing.Bench;

class PagingTest {
  private final Bench bench = new Bench();

  private static KeyQuery query(Optional<KeyPattern> pattern, Optional<CacheKey> after, int limit) {
    return new KeyQuery(
        pattern.map(KeyFilter::matching).orElse(KeyFilter.ALL),
        KeyOrder.NATURAL,
        after,
        OptionalInt.of(limit));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void lastingKeysAreOnOnePageInOrder(long seed) {
    Random random = new Random(seed);
    Set<CacheKey> lasting = new TreeSet<>();
    while (lasting.size() < 300) {
      lasting.add(randomKey(random));
    }
    lasting.forEach(this::store);
    List<CacheKey> seen = new ArrayList<>();
    Optional<CacheKey> cursor = Optional.empty();
    do {
      KeyPage page =
          bench.reader.known().page(query(Optional.empty(), cursor, 1 + random.nextInt(20)));
      page.keys().stream().map(KeyInfo::key).forEach(seen::add);
      cursor = page.next();
      for (int i = 0; i < 20; i++) {
        change(randomKey(random), lasting, random);
      }
      cursor.filter(key -> !lasting.contains(key)).ifPresent(bench.cache::delete);
      bench.clock.advance(Duration.ofSeconds(random.nextInt(8)));
    } while (cursor.isPresent());
    assertEquals(List.copyOf(new TreeSet<>(seen)), seen);
    assertTrue(seen.containsAll(lasting));
    assertTrue(seen.size() > lasting.size(), "some that came meanwhile are seen");
  }

  private static CacheKey randomKey(Random random) {
    byte[] bytes = new byte[1 + random.nextInt(3)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (0x7c + random.nextInt(10));
    }
    return CacheKey.ofBytes(bytes);
  }

  private void store(CacheKey key) {
    bench.cache.store(key, CacheValue.ofText("v"), Lifetime.FOREVER);
  }

  private void change(CacheKey key, Set<CacheKey> lasting, Random random) {
    if (!lasting.contains(key) && random.nextBoolean()) {
      bench.cache.delete(key);
    } else {
      store(key);
    }
  }

  @Test
  void pageHasTotalsAndNextKey() {
    bench.storeMany("odd:", 5);
    bench.storeMany("even:", 7);
    Optional<KeyPattern> odd = Optional.of(KeyPattern.of("^odd"));
    KeyPage first = bench.reader.known().page(query(odd, Optional.empty(), 3));
    assertEquals(
        List.of("odd:0", "odd:1", "odd:2"),
        first.keys().stream().map(key -> key.key().toString()).toList());
    assertEquals(5, first.matching());
    assertEquals(12, first.total());
    assertEquals(Optional.of(CacheKey.of("odd:2")), first.next());
    KeyPage second = bench.reader.known().page(query(odd, first.next(), 3));
    assertEquals(2, second.keys().size());
    assertEquals(5, second.matching());
    assertEquals(Optional.empty(), second.next());
  }

  @Test
  void pageWithTheLastKeyIsTheLast() {
    bench.storeMany("k", 3);
    assertEquals(
        Optional.empty(),
        bench.reader.known().page(query(Optional.empty(), Optional.empty(), 3)).next());
    assertEquals(3, bench.reader.known().page(KeyQuery.ALL).keys().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void aPageHasAtLeastOneKey(int limit) {
    assertThrows(IllegalArgumentException.class, () -> KeyQuery.ALL.limitedTo(limit));
  }

  /** Walks, changes and pages all at the same time, each on a thread of its own. */
  @RepeatedTest(3)
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void lastingKeysAreOnOnePageDuringWrites(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    Set<CacheKey> lasting = new TreeSet<>();
    while (lasting.size() < 1_000) {
      lasting.add(CacheKey.of("k" + random.nextInt(3_000)));
    }
    lasting.forEach(this::store);
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<Long> writing = writer.submit(() -> {
        Random any = new Random(repetition.getCurrentRepetition() + 100);
        long changes = 0;
        while (!over.get()) {
          change(CacheKey.of("k" + any.nextInt(3_000)), lasting, any);
          changes++;
        }
        return changes;
      });
      for (int round = 0; round < 4; round++) {
        assertLastingAreSeenOnce(lasting, 100 + random.nextInt(200), round % 2 == 0);
      }
      over.set(true);
      assertTrue(writing.get() > 0);
    } finally {
      over.set(true);
      writer.shutdownNow();
    }
  }

  private void assertLastingAreSeenOnce(Set<CacheKey> lasting, int limit, boolean byPattern) {
    Optional<KeyPattern> pattern =
        byPattern ? Optional.of(KeyPattern.of("[0-9]")) : Optional.empty();
    List<CacheKey> seen = new ArrayList<>();
    Optional<CacheKey> cursor = Optional.empty();
    do {
      KeyPage page = bench.reader.known().page(query(pattern, cursor, limit));
      page.keys().stream().map(KeyInfo::key).forEach(seen::add);
      cursor = page.next();
    } while (cursor.isPresent());
    assertEquals(List.copyOf(new TreeSet<>(seen)), seen);
    assertTrue(seen.containsAll(lasting));
  }
}
