package org.ocmcore.cache.domain.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;

/** What every {@link CachePort} does. The limit of an item is memcached's default, 1 MiB. */
public abstract class CachePortContract extends PreconditionContract {
  private static final CacheKey KEY = CacheKey.of("contract:key");
  private static final CacheValue VALUE =
      CacheValue.of("a value".getBytes(StandardCharsets.UTF_8), 7);
  private static final CacheValue OTHER =
      CacheValue.of("another".getBytes(StandardCharsets.UTF_8), 9);

  @Test
  void aKeyThatWasNeverStoredIsAbsent() {
    assertEquals(Optional.empty(), cache.get(KEY));
    assertEquals(Optional.empty(), cache.read(KEY));
  }

  @Test
  void storedValueIsReadBackWithFlags() {
    cache.store(KEY, VALUE, HOUR);
    assertEquals(Optional.of(VALUE), cache.get(KEY));
    assertEquals(VALUE, cache.read(KEY).orElseThrow().value());
  }

  @Test
  void theHighestFlagsAreKept() {
    CacheValue value = CacheValue.of(new byte[] {1}, CacheValue.MAX_FLAGS);
    cache.store(KEY, value, HOUR);
    assertEquals(Optional.of(value), cache.get(KEY));
    assertEquals(value, cache.read(KEY).orElseThrow().value());
  }

  @Test
  void anEmptyValueIsAValue() {
    CacheValue empty = CacheValue.of(new byte[0], 0);
    cache.store(KEY, empty, HOUR);
    assertEquals(Optional.of(empty), cache.get(KEY));
    assertEquals(empty, cache.read(KEY).orElseThrow().value());
  }

  @Test
  void aValueMayHoldAnyBytes() {
    byte[] bytes = new byte[1024];
    IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) i);
    CacheValue value = CacheValue.of(bytes, 0);
    cache.store(KEY, value, HOUR);
    assertEquals(Optional.of(value), cache.get(KEY));
    assertEquals(value, cache.read(KEY).orElseThrow().value());
  }

  @Test
  void laterArrayChangesHaveNoEffect() {
    byte[] bytes = {1, 2, 3};
    cache.store(KEY, CacheValue.of(bytes, 0), HOUR);
    bytes[0] = 9;
    cache.get(KEY).orElseThrow().bytes()[1] = 9;
    assertEquals(Optional.of(CacheValue.of(new byte[] {1, 2, 3}, 0)), cache.get(KEY));
  }

  @Test
  void storingReplacesValueFlagsAndLifetime() {
    cache.store(KEY, VALUE, Lifetime.ofSeconds(10));
    cache.store(KEY, OTHER, Lifetime.FOREVER);
    CacheEntry entry = cache.read(KEY).orElseThrow();
    assertEquals(OTHER, entry.value());
    assertTrue(entry.expiry().isNever());
  }

  @Test
  void addingStoresOnlyWhatIsAbsent() {
    assertTrue(cache.add(KEY, VALUE, HOUR));
    assertFalse(cache.add(KEY, OTHER, HOUR));
    assertEquals(Optional.of(VALUE), cache.get(KEY));
  }

  @Test
  void deletingAPresentKeyReturnsTrue() {
    cache.store(KEY, VALUE, HOUR);
    assertTrue(cache.delete(KEY));
    assertEquals(Optional.empty(), cache.get(KEY));
  }

  @Test
  void deletingAMissingKeyReturnsFalse() {
    assertFalse(cache.delete(KEY));
  }

  @Test
  void refreshingChangesTheLifetimeAndNothingElse() {
    cache.store(KEY, VALUE, Lifetime.ofSeconds(10));
    assertTrue(cache.refresh(KEY, HOUR));
    assertEquals(VALUE, cache.read(KEY).orElseThrow().value());
    assertRemaining(KEY, 3600);
  }

  @Test
  void refreshingForEverRemovesTheEnd() {
    cache.store(KEY, VALUE, Lifetime.ofSeconds(10));
    assertTrue(cache.refresh(KEY, Lifetime.FOREVER));
    assertTrue(cache.read(KEY).orElseThrow().expiry().isNever());
  }

  @Test
  void refreshingAMissingKeyReturnsFalse() {
    assertFalse(cache.refresh(KEY, HOUR));
    assertEquals(Optional.empty(), cache.get(KEY));
  }

  @Test
  void anEntryExpires() {
    cache.store(KEY, VALUE, Lifetime.ofSeconds(1));
    elapse(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), cache.get(KEY));
    assertEquals(Optional.empty(), cache.read(KEY));
    assertFalse(cache.delete(KEY));
    assertTrue(cache.add(KEY, VALUE, HOUR));
  }

  @Test
  void subSecondLifetimeIsNotForEver() {
    cache.store(KEY, VALUE, Lifetime.of(Duration.ofMillis(400)));
    // It may be over already, where a store counts in ticks of a second.
    cache.read(KEY).ifPresent(entry -> assertFalse(entry.expiry().isNever()));
    elapse(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), cache.get(KEY));
  }

  @Test
  void lifetimesAroundThirtyDaysAreExact() {
    for (long seconds : new long[] {2_592_000, 2_592_001, 31_536_000, Lifetime.MAX.toSeconds()}) {
      cache.store(KEY, VALUE, Lifetime.ofSeconds(seconds));
      assertRemaining(KEY, seconds);
      cache.store(KEY, VALUE, HOUR);
      assertTrue(cache.refresh(KEY, Lifetime.ofSeconds(seconds)));
      assertRemaining(KEY, seconds);
      cache.delete(KEY);
      assertTrue(cache.add(KEY, VALUE, Lifetime.ofSeconds(seconds)));
      assertRemaining(KEY, seconds);
    }
  }

  @Test
  void keysOf1And250BytesAreStored() {
    for (CacheKey key : List.of(CacheKey.of("k"), CacheKey.of("k".repeat(250)))) {
      cache.store(key, VALUE, HOUR);
      assertEquals(Optional.of(VALUE), cache.get(key));
      assertEquals(VALUE, cache.read(key).orElseThrow().value());
      assertTrue(cache.refresh(key, HOUR));
      assertTrue(cache.delete(key));
    }
    assertThrows(IllegalArgumentException.class, () -> CacheKey.of("k".repeat(251)));
  }

  @Test
  void nonAsciiAndNonTextKeysAreStored() {
    for (CacheKey key : List.of(
        CacheKey.of("ключ:ä:鍵:🔑"),
        CacheKey.of("50%25+1&a=b/c?d#e\"f\\"),
        CacheKey.ofBytes(new byte[] {(byte) 0xff, (byte) 0xfe, 'x', (byte) 0x80}),
        CacheKey.ofBytes(new byte[] {'t', 'a', '\t', 'b', 0x7f, 1}),
        CacheKey.ofBytes(new byte[] {'a', ' ', 'b', '\r', '\n', 0}),
        CacheKey.ofBytes(
            " ".repeat(CacheKey.MAX_ENCODED_BYTES).getBytes(StandardCharsets.US_ASCII)))) {
      cache.store(key, VALUE, HOUR);
      assertEquals(Optional.of(VALUE), cache.get(key));
      assertEquals(key, cache.read(key).orElseThrow().key());
      assertFalse(cache.add(key, VALUE, HOUR));
      assertTrue(cache.refresh(key, HOUR));
      assertEquals(1, cache.readAll(List.of(cache.place(key))).size());
      assertTrue(cache.delete(key));
      assertFalse(cache.delete(key));
    }
  }

  @Test
  void keysWithSpacesAreRejected() {
    for (String key : List.of("", "a b", "a\nb", "a\u0000b", "a\u2003b", "a\tb")) {
      assertThrows(IllegalArgumentException.class, () -> CacheKey.of(key));
    }
  }

  @Test
  void anItemOfExactlyTheLimitIsStored() {
    CacheValue largest = valueForItemOf(ItemSize.DEFAULT_MAX);
    cache.store(KEY, largest, HOUR);
    assertEquals(Optional.of(largest), cache.get(KEY));
    assertEquals(largest, cache.read(KEY).orElseThrow().value());
  }

  @Test
  void tooLargeItemKeepsTheOlderValue() {
    CacheValue tooLarge = valueForItemOf(ItemSize.DEFAULT_MAX + 1);
    cache.store(KEY, VALUE, HOUR);
    assertThrows(ValueTooLarge.class, () -> cache.store(KEY, tooLarge, HOUR));
    assertThrows(ValueTooLarge.class, () -> cache.add(CacheKey.of("contract:new"), tooLarge, HOUR));
    assertEquals(Optional.of(VALUE), cache.get(KEY));
  }

  private static CacheValue valueForItemOf(long size) {
    long overhead = ItemSize.of(KEY, CacheValue.of(new byte[0], 3));
    return CacheValue.of(new byte[(int) (size - overhead)], 3);
  }

  @Test
  void clearingRemovesEverything() {
    List<CacheKey> keys = keys(50);
    keys.forEach(key -> cache.store(key, VALUE, HOUR));
    cache.clear();
    keys.forEach(key -> assertEquals(Optional.empty(), cache.get(key)));
    cache.store(KEY, VALUE, HOUR);
    assertEquals(Optional.of(VALUE), cache.get(KEY));
  }

  @Test
  void readAllKeepsTheOrderOfKeys() {
    List<CacheKey> keys = keys(2_500);
    for (int i = 0; i < keys.size(); i += 2) {
      cache.store(
          keys.get(i), CacheValue.of(("value " + i).getBytes(StandardCharsets.UTF_8), i), HOUR);
    }
    List<CacheEntry> entries = cache.readAll(keys.stream().map(cache::place).toList());
    assertEquals(1_250, entries.size());
    for (int i = 0; i < entries.size(); i++) {
      assertEquals(keys.get(2 * i), entries.get(i).key());
      assertEquals(
          CacheValue.of(("value " + 2 * i).getBytes(StandardCharsets.UTF_8), 2L * i),
          entries.get(i).value());
      assertFalse(entries.get(i).expiry().isNever());
    }
  }

  @Test
  void workOnNoKeysDoesNothing() {
    assertEquals(List.of(), cache.readAll(List.of()));
  }

  @Test
  void manyLargeEntriesAreRead() {
    List<CacheEntry> entries = Stream.of("a", "b", "c", "d", "e", "f")
        .map(name -> new CacheEntry(
            CacheKey.of(name), CacheValue.of(new byte[900_000], name.hashCode()), Expiry.NEVER))
        .toList();
    entries.forEach(entry -> cache.store(entry.key(), entry.value(), Lifetime.FOREVER));
    assertEquals(
        entries,
        cache.readAll(entries.stream().map(entry -> cache.place(entry.key())).toList()));
  }

  private static List<CacheKey> keys(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> CacheKey.of("contract:many:" + i))
        .toList();
  }
}
