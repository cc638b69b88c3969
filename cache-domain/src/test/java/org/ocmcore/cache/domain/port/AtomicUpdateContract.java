package org.ocmcore.cache.domain.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedEntry;
import org.ocmcore.cache.domain.error.UnexpectedValue;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;

/** Counters and compare-and-set of a {@link CachePort}. */
abstract class AtomicUpdateContract {
  protected static final Lifetime HOUR = Lifetime.ofSeconds(3600);

  private static final CacheKey COUNTER = CacheKey.of("contract:counter");

  CachePort cache;

  /** An empty store. */
  protected abstract CachePort createCache();

  /** Lets this much time pass for the store, and a little more. */
  protected abstract void elapse(Duration duration);

  /** The store's time. */
  protected abstract Instant now();

  @BeforeEach
  void createEmptyCache() {
    cache = createCache();
  }

  void assertRemaining(CacheKey key, long seconds) {
    Duration left = cache.read(key).orElseThrow().expiry().remaining(now()).orElseThrow();
    assertTrue(Math.abs(left.toSeconds() - seconds) <= 2, left + " is not about " + seconds + " s");
  }

  private String text(CacheKey key) {
    CacheValue value = cache.get(key).orElseThrow();
    // A shorter number is padded with spaces in memcached.
    return new String(value.bytes()).stripTrailing();
  }

  @Test
  void anAbsentCounterStartsWithTheDelta() {
    assertEquals(5, cache.increment(COUNTER, 5, Lifetime.ofSeconds(1000)));
    assertEquals("5", text(COUNTER));
    assertEquals(0, cache.get(COUNTER).orElseThrow().flags());
    assertRemaining(COUNTER, 1000);
  }

  @Test
  void counterKeepsItsLifetimeAndFlags() {
    cache.store(COUNTER, CacheValue.of(new byte[] {'9', '9'}, 7), Lifetime.ofSeconds(1000));
    assertEquals(100, cache.increment(COUNTER, 1, HOUR));
    assertEquals("100", text(COUNTER));
    assertEquals(7, cache.get(COUNTER).orElseThrow().flags());
    assertRemaining(COUNTER, 1000);
  }

  @Test
  void countersMayLiveForEver() {
    cache.increment(COUNTER, 1, Lifetime.FOREVER);
    assertTrue(cache.read(COUNTER).orElseThrow().expiry().isNever());
  }

  @Test
  void aNegativeDeltaStopsAtZero() {
    assertEquals(0, cache.increment(COUNTER, -3, HOUR));
    assertEquals(12, cache.increment(COUNTER, 12, HOUR));
    assertEquals(9, cache.increment(COUNTER, -3, HOUR));
    assertEquals("9", text(COUNTER));
    assertEquals(0, cache.increment(COUNTER, -10, HOUR));
    assertEquals(0, cache.increment(COUNTER, 0, HOUR));
  }

  @Test
  void incrementingTextIsRefusedAndChangesNothing() {
    for (String value : List.of("text", "", "-1", "1.5", "123456789012345678901234567890")) {
      cache.store(COUNTER, CacheValue.ofText(value), HOUR);
      UnexpectedValue failure =
          assertThrows(UnexpectedValue.class, () -> cache.increment(COUNTER, 1, HOUR), value);
      assertEquals(COUNTER.toString(), failure.key());
      assertEquals(Optional.of(CacheValue.ofText(value)), cache.get(COUNTER));
    }
  }

  @Test
  void expiredCountersStartAgain() {
    cache.increment(COUNTER, 5, Lifetime.ofSeconds(1));
    elapse(Duration.ofSeconds(1));
    assertEquals(1, cache.increment(COUNTER, 1, HOUR));
  }

  @Test
  void concurrentIncrementsAreAllCounted() {
    int threads = 8;
    int each = 250;
    CompletableFuture.allOf(IntStream.range(0, threads)
            .mapToObj(thread -> CompletableFuture.runAsync(
                () -> IntStream.range(0, each).forEach(i -> cache.increment(COUNTER, 1, HOUR))))
            .toArray(CompletableFuture[]::new))
        .join();
    assertEquals(threads * each, cache.increment(COUNTER, 0, HOUR));
  }

  @Test
  void anAbsentKeyHasNoVersion() {
    assertEquals(Optional.empty(), cache.readVersioned(COUNTER));
    assertFalse(cache.replace(COUNTER, 1, CacheValue.ofText("v"), HOUR));
    assertEquals(Optional.empty(), cache.get(COUNTER));
  }

  @Test
  void replacingNeedsTheCurrentVersion() {
    CacheValue first = CacheValue.of(new byte[] {1}, 7);
    CacheValue second = CacheValue.of(new byte[] {2}, 8);
    cache.store(COUNTER, first, HOUR);
    VersionedEntry seen = cache.readVersioned(COUNTER).orElseThrow();
    assertEquals(first, seen.entry().value());
    assertEquals(COUNTER, seen.entry().key());
    assertTrue(cache.replace(COUNTER, seen.version(), second, Lifetime.ofSeconds(1000)));
    CacheEntry replaced = cache.read(COUNTER).orElseThrow();
    assertEquals(second, replaced.value());
    assertRemaining(COUNTER, 1000);
    assertFalse(cache.replace(COUNTER, seen.version(), first, HOUR));
    assertEquals(Optional.of(second), cache.get(COUNTER));
  }

  @Test
  void everyStoreChangesTheVersion() {
    cache.store(COUNTER, CacheValue.ofText("1"), HOUR);
    long first = version();
    cache.get(COUNTER);
    assertEquals(first, version());
    cache.store(COUNTER, CacheValue.ofText("1"), HOUR);
    long second = version();
    assertNotEquals(first, second);
    cache.increment(COUNTER, 1, HOUR);
    assertNotEquals(second, version());
  }

  private long version() {
    return cache.readVersioned(COUNTER).orElseThrow().version();
  }

  @Test
  void aTooLargeReplacementKeepsTheOlderValue() {
    cache.store(COUNTER, CacheValue.ofText("1"), HOUR);
    CacheValue tooLarge = CacheValue.of(new byte[2 * 1024 * 1024], 0);
    assertThrows(ValueTooLarge.class, () -> cache.replace(COUNTER, version(), tooLarge, HOUR));
    assertEquals(Optional.of(CacheValue.ofText("1")), cache.get(COUNTER));
  }
}
