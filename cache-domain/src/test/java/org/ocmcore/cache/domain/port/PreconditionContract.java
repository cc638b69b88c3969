package org.ocmcore.cache.domain.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedEntry;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

/** Inspection, and changes with a precondition, of a {@link CachePort}. */
abstract class PreconditionContract extends AtomicUpdateContract {
  private static final int WRITERS = 8;
  private static final CacheKey ITEM = CacheKey.of("contract:item");
  private static final CacheValue FIRST = CacheValue.of(new byte[] {1, 2}, 7);
  private static final CacheValue SECOND = CacheValue.of(new byte[] {3}, 0);

  private VersionedInfo inspect(CacheKey key) {
    return cache.inspect(cache.place(key)).orElseThrow();
  }

  private PlacedKey placed() {
    return cache.place(ITEM);
  }

  @Test
  void inspectingSaysWhatIsKnown() {
    cache.store(ITEM, FIRST, Lifetime.ofSeconds(1000));
    VersionedInfo found = inspect(ITEM);
    assertEquals(ITEM, found.info().key());
    assertEquals(placed().server(), found.info().server());
    assertEquals(ItemSize.of(ITEM, FIRST), found.info().size());
    assertTrue(List.of(KeyInfo.UNKNOWN, FIRST.flags()).contains(found.info().flags()));
    long left = found.info().expiry().remaining(now()).orElseThrow().toSeconds();
    assertTrue(Math.abs(left - 1000) <= 2, left + " s are left");
    assertTrue(found.info().idle(now()).orElseThrow().toSeconds() <= 2);
    assertEquals(cache.readVersioned(ITEM).orElseThrow().version(), found.version());
  }

  @Test
  void inspectingAnAbsentKeyFindsNothing() {
    assertEquals(Optional.empty(), cache.inspect(placed()));
    assertEquals(Optional.empty(), cache.read(placed()));
  }

  @Test
  void inspectingIsNoRead() {
    cache.store(ITEM, FIRST, HOUR);
    assertFalse(inspect(ITEM).info().fetched());
    long written = inspect(ITEM).info().lastAccess();
    elapse(Duration.ofSeconds(3));
    assertFalse(inspect(ITEM).info().fetched());
    assertTrue(Math.abs(inspect(ITEM).info().lastAccess() - written) <= 1);
    cache.get(ITEM);
    assertTrue(inspect(ITEM).info().fetched());
  }

  @Test
  void inspectingTellsForEverFromTheLastSecond() {
    cache.store(ITEM, FIRST, Lifetime.FOREVER);
    assertTrue(inspect(ITEM).info().expiry().isNever());
    for (int seconds = 1; seconds <= 3; seconds++) {
      cache.store(ITEM, FIRST, Lifetime.ofSeconds(seconds));
      // It may be over already, where a store counts in ticks of a second.
      cache
          .inspect(placed())
          .ifPresent(found -> assertFalse(found.info().expiry().isNever()));
    }
  }

  @Test
  void inspectingAndChangingTakeKeysOfAnyBytes() {
    for (CacheKey key :
        List.of(CacheKey.of("k".repeat(250)), CacheKey.of("ключ:ä:鍵"), CacheKey.ofBytes(new byte[] {
          'a', ' ', 'b', '\r', '\n', 0, (byte) 0xff
        }))) {
      PlacedKey place = cache.place(key);
      assertTrue(cache.store(place, FIRST, Lifetime.FOREVER, Precondition.ABSENT));
      assertEquals(key, inspect(key).info().key());
      assertTrue(cache.store(
          place, SECOND, Lifetime.FOREVER, Precondition.version(inspect(key).version())));
      assertTrue(cache.store(place, SECOND, Lifetime.FOREVER, Precondition.PRESENT));
      assertEquals(key, cache.read(place).orElseThrow().entry().key());
      assertTrue(cache.delete(place, inspect(key).version()));
      assertEquals(Optional.empty(), cache.inspect(place));
    }
  }

  @Test
  void aPlacedReadHasTheVersion() {
    cache.store(ITEM, FIRST, HOUR);
    VersionedEntry found = cache.read(placed()).orElseThrow();
    assertEquals(FIRST, found.entry().value());
    assertEquals(cache.readVersioned(ITEM), Optional.of(found));
    assertTrue(inspect(ITEM).info().fetched());
  }

  @Test
  void storingNeedsThePrecondition() {
    assertFalse(cache.store(placed(), FIRST, HOUR, Precondition.PRESENT));
    assertFalse(cache.store(placed(), FIRST, HOUR, Precondition.version(1)));
    assertEquals(Optional.empty(), cache.get(ITEM));
    assertTrue(cache.store(placed(), FIRST, HOUR, Precondition.ABSENT));
    assertFalse(cache.store(placed(), SECOND, HOUR, Precondition.ABSENT));
    assertEquals(Optional.of(FIRST), cache.get(ITEM));
    long version = inspect(ITEM).version();
    assertTrue(cache.store(placed(), SECOND, HOUR, Precondition.version(version)));
    assertFalse(cache.store(placed(), FIRST, HOUR, Precondition.version(version)));
    assertEquals(Optional.of(SECOND), cache.get(ITEM));
    assertTrue(cache.store(placed(), FIRST, Lifetime.ofSeconds(1000), Precondition.PRESENT));
    assertEquals(Optional.of(FIRST), cache.get(ITEM));
    assertRemaining(ITEM, 1000);
    assertTrue(cache.store(placed(), SECOND, HOUR, Precondition.NONE));
    assertEquals(Optional.of(SECOND), cache.get(ITEM));
  }

  @Test
  void deletingNeedsTheVersion() {
    assertFalse(cache.delete(placed(), 1));
    cache.store(ITEM, FIRST, HOUR);
    long version = inspect(ITEM).version();
    cache.store(ITEM, SECOND, HOUR);
    assertFalse(cache.delete(placed(), version));
    assertEquals(Optional.of(SECOND), cache.get(ITEM));
    assertTrue(cache.delete(placed(), inspect(ITEM).version()));
    assertEquals(Optional.empty(), cache.get(ITEM));
  }

  @Test
  void aNewLifetimeKeepsTheVersion() {
    cache.store(ITEM, FIRST, HOUR);
    long version = inspect(ITEM).version();
    cache.refresh(ITEM, Lifetime.FOREVER);
    assertEquals(version, inspect(ITEM).version());
    assertNotEquals(VersionedEntry.UNVERSIONED, version);
  }

  @Test
  void aTooLargeValueIsRefusedWithAPrecondition() {
    CacheValue tooLarge = CacheValue.of(new byte[2 * 1024 * 1024], 0);
    assertThrows(
        ValueTooLarge.class, () -> cache.store(placed(), tooLarge, HOUR, Precondition.ABSENT));
  }

  @Test
  void ofConcurrentWritersOneWins() {
    for (int round = 0; round < 20; round++) {
      cache.delete(ITEM);
      assertEquals(1, winners(i -> cache.store(placed(), value(i), HOUR, Precondition.ABSENT)));
      Precondition same = Precondition.version(inspect(ITEM).version());
      assertEquals(1, winners(i -> cache.store(placed(), value(i), HOUR, same)));
      long version = inspect(ITEM).version();
      assertEquals(
          1,
          winners(i -> i % 2 == 0
              ? cache.delete(placed(), version)
              : cache.store(placed(), value(i), HOUR, Precondition.version(version))));
    }
  }

  private static CacheValue value(int writer) {
    return CacheValue.ofText("writer " + writer);
  }

  /** How many of several threads that do this at once succeed. */
  private static long winners(IntPredicate work) {
    List<CompletableFuture<Boolean>> writers = IntStream.range(0, WRITERS)
        .mapToObj(i -> CompletableFuture.supplyAsync(() -> work.test(i)))
        .toList();
    return writers.stream().filter(CompletableFuture::join).count();
  }
}
