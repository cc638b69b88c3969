package org.ocmcore.cache.domain.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * What every {@link BulkPort} does, seen beside the {@link CachePort} and the {@link KeyspacePort}
 * on the same store. The limit of an item is memcached's default, 1 MiB.
 */
public abstract class BulkPortContract extends BulkLoadContract {
  /** Lets this much time pass for the store, and a little more. */
  protected abstract void elapse(Duration duration);

  /** The store's time. */
  protected abstract Instant now();

  @Test
  void entriesAreReadInOrder() {
    List<CacheKey> keys = keys(3_000);
    for (int i = 0; i < keys.size(); i += 2) {
      cache.store(keys.get(i), CacheValue.of(("value " + i).getBytes(), i), HOUR);
    }
    Reported reported = read(keys);
    assertEquals(keys, reported.all);
    assertEquals(1_500, reported.found.size());
    for (int i = 0; i < reported.found.size(); i++) {
      CacheValue expected = CacheValue.of(("value " + 2 * i).getBytes(), 2L * i);
      assertEquals(expected, reported.found.get(i).value());
    }
  }

  @Test
  void keysAreFoundInTheirOrder() {
    List<CacheKey> keys = keys(3_000);
    for (int i = 0; i < keys.size(); i += 3) {
      cache.store(keys.get(i), VALUE, HOUR);
    }
    assertEquals(IntStream.range(0, keys.size()).mapToObj(i -> i % 3 == 0).toList(), find(keys));
  }

  @Test
  void entriesAreStoredInOrder() {
    Instant end = Instant.ofEpochSecond(now().getEpochSecond() + 5_000_000);
    List<CacheEntry> entries = new ArrayList<>();
    for (CacheKey key : keys(3_000)) {
      int i = entries.size();
      Expiry expiry = i % 3 == 0 ? Expiry.NEVER : Expiry.at(end.minusSeconds(i % 3 * 2_000_000));
      entries.add(new CacheEntry(key, CacheValue.of(new byte[i % 100], i), expiry));
    }
    assertEquals(Set.of(StoreOutcome.STORED), Set.copyOf(store(entries, false)));
    List<CacheEntry> read = read(entries.stream().map(CacheEntry::key).toList()).found;
    assertEquals(
        entries.stream().map(CacheEntry::value).toList(),
        read.stream().map(CacheEntry::value).toList());
    for (int i = 0; i < read.size(); i++) {
      Expiry expected = entries.get(i).expiry();
      Expiry expiry = read.get(i).expiry();
      assertEquals(expected.isNever(), expiry.isNever());
      assertTrue(
          expiry.isNever() || Math.abs(expiry.epochSecond() - expected.epochSecond()) <= 2,
          expiry + " is not about " + expected);
    }
  }

  @Test
  void theHighestFlagsAreKept() {
    CacheValue value = CacheValue.of(new byte[] {1}, CacheValue.MAX_FLAGS);
    assertEquals(List.of(StoreOutcome.STORED), store(List.of(entry(key(), value)), false));
    assertEquals(value, read(List.of(key())).found.get(0).value());
  }

  @Test
  void whatHasExpiredIsAbsent() {
    List<CacheKey> keys = keys(2);
    cache.store(keys.get(0), VALUE, Lifetime.ofSeconds(1));
    cache.store(keys.get(1), VALUE, HOUR);
    elapse(Duration.ofSeconds(1));
    assertEquals(List.of(keys.get(0)), read(keys).absent);
    assertEquals(List.of(false, true), find(keys));
  }

  @Test
  void entriesWhoseExpiryHasPassedAreNotStored() {
    List<CacheKey> keys = keys(3);
    Expiry past = Expiry.at(now().minusSeconds(5));
    assertEquals(
        List.of(StoreOutcome.EXPIRED, StoreOutcome.STORED, StoreOutcome.EXPIRED),
        store(
            List.of(
                new CacheEntry(keys.get(0), VALUE, past),
                entry(keys.get(1), VALUE),
                new CacheEntry(keys.get(2), VALUE, past)),
            false));
    assertEquals(List.of(false, true, false), find(keys));
  }

  /** The last second that a server of 32 bits knows, more than ten years from now. */
  @Test
  void aVeryLateExpiryIsNotShortened() {
    Expiry late = new Expiry(Integer.MAX_VALUE);
    store(List.of(new CacheEntry(key(), CacheValue.ofText("v"), late)), false);
    long found = read(List.of(key())).found.get(0).expiry().epochSecond();
    assertTrue(Math.abs(found - late.epochSecond()) <= 2, () -> found + " is not " + late);
  }

  @Test
  void nothingButExpiredEntriesIsAlsoWork() {
    Expiry past = Expiry.at(now().minusSeconds(5));
    CacheValue value = CacheValue.of(new byte[1_000], 0);
    List<CacheEntry> entries =
        keys(5_000).stream().map(key -> new CacheEntry(key, value, past)).toList();
    assertEquals(Set.of(StoreOutcome.EXPIRED), Set.copyOf(store(entries, false)));
  }

  @Test
  void addingStoresOnlyAbsentKeys() {
    List<CacheKey> keys = keys(2);
    cache.store(keys.get(0), VALUE, HOUR);
    List<CacheEntry> entries = keys.stream().map(key -> entry(key, OTHER)).toList();
    assertEquals(List.of(StoreOutcome.EXISTS, StoreOutcome.STORED), store(entries, true));
    assertEquals(Optional.of(VALUE), cache.get(keys.get(0)));
    assertEquals(Optional.of(OTHER), cache.get(keys.get(1)));
    assertEquals(List.of(StoreOutcome.STORED, StoreOutcome.STORED), store(entries, false));
    assertEquals(Optional.of(OTHER), cache.get(keys.get(0)));
  }

  @Test
  void duplicateKeysKeepFirstAddOrLastStore() {
    List<CacheEntry> twice = List.of(entry(key(), VALUE), entry(key(), OTHER));
    assertEquals(List.of(StoreOutcome.STORED, StoreOutcome.EXISTS), store(twice, true));
    assertEquals(Optional.of(VALUE), cache.get(key()));
    assertEquals(List.of(StoreOutcome.STORED, StoreOutcome.STORED), store(twice, false));
    assertEquals(Optional.of(OTHER), cache.get(key()));
    assertEquals(List.of(OTHER, OTHER), values(read(List.of(key(), key()))));
  }

  @Test
  void allKindsOfKeysWork() {
    List<CacheKey> keys = List.of(
        CacheKey.of("k"),
        CacheKey.of("k".repeat(250)),
        CacheKey.of("ключ:ä:鍵:🔑"),
        CacheKey.ofBytes(new byte[] {(byte) 0xff, (byte) 0xfe, 'x', (byte) 0x80}),
        CacheKey.ofBytes(new byte[] {'t', 'a', '\t', 'b', 0x7f, 1}),
        CacheKey.ofBytes(new byte[] {'a', ' ', 'b', '\r', '\n', 0}),
        CacheKey.ofBytes(
            " ".repeat(CacheKey.MAX_ENCODED_BYTES).getBytes(StandardCharsets.US_ASCII)));
    assertEquals(Collections.nCopies(keys.size(), false), find(keys));
    assertEquals(keys, read(keys).absent);
    assertEquals(
        Collections.nCopies(keys.size(), StoreOutcome.STORED),
        store(keys.stream().map(key -> entry(key, VALUE)).toList(), true));
    assertEquals(Collections.nCopies(keys.size(), true), find(keys));
    assertEquals(keys.stream().map(key -> entry(key, VALUE)).toList(), read(keys).found);
  }

  @Test
  void valuesUpToTheLimitAreStored() {
    List<CacheEntry> entries = new ArrayList<>();
    List<CacheKey> keys = keys(12);
    for (CacheKey key : keys) {
      int i = entries.size();
      long size =
          i % 2 == 0 ? ItemSize.DEFAULT_MAX - i / 2 : ItemSize.of(key, i / 2 * 30_000L, true);
      entries.add(entry(key, valueForItemOf(key, size)));
    }
    assertEquals(Collections.nCopies(entries.size(), StoreOutcome.STORED), store(entries, false));
    assertEquals(entries, read(keys).found);
    assertEquals(0, entries.get(1).value().length());
  }

  private static CacheValue valueForItemOf(CacheKey key, long size) {
    byte[] bytes = new byte[(int) (size - ItemSize.of(key, 0, true))];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + bytes.length);
    }
    return CacheValue.of(bytes, 3);
  }

  @Test
  void itemOverTheLimitKeepsTheOlderValue() {
    List<CacheKey> keys = keys(3);
    cache.store(keys.get(1), VALUE, HOUR);
    CacheValue tooLarge = valueForItemOf(keys.get(1), ItemSize.DEFAULT_MAX + 1);
    assertEquals(
        List.of(StoreOutcome.STORED, StoreOutcome.TOO_LARGE, StoreOutcome.STORED),
        store(
            List.of(
                entry(keys.get(0), OTHER), entry(keys.get(1), tooLarge), entry(keys.get(2), OTHER)),
            false));
    assertEquals(List.of(OTHER, VALUE, OTHER), values(read(keys)));
  }

  private List<KeyOutcome> refresh(List<NewLifetime> keys) {
    List<NewLifetime> order = new ArrayList<>();
    List<KeyOutcome> reported = new ArrayList<>();
    bulk.refresh(server, keys.iterator(), (key, outcome, reason) -> {
      assertEquals("", reason);
      order.add(key);
      reported.add(outcome);
    });
    assertEquals(keys, order);
    return reported;
  }

  @Test
  void deletedKeysAreGoneAndTheOthersStay() {
    List<CacheKey> keys = keys(20_000);
    store(keys.stream().map(key -> entry(key, VALUE)).toList(), false);
    List<CacheKey> some = new ArrayList<>(keys.subList(0, 15_000));
    some.add(CacheKey.of("none"));
    List<KeyOutcome> reported = delete(some);
    assertEquals(15_000, Collections.frequency(reported, KeyOutcome.DONE));
    assertEquals(KeyOutcome.ABSENT, reported.get(15_000));
    assertEquals(Collections.nCopies(15_000, false), find(keys.subList(0, 15_000)));
    assertEquals(Collections.nCopies(5_000, true), find(keys.subList(15_000, 20_000)));
    assertEquals(Set.of(KeyOutcome.ABSENT), Set.copyOf(delete(some)));
  }

  @Test
  void refreshKeepsValuesAndFlags() {
    List<CacheKey> keys = keys(1_000);
    CacheValue value = CacheValue.of(new byte[] {0, 1, -1}, 77);
    keys.forEach(key -> cache.store(key, value, HOUR));
    List<NewLifetime> lifetimes = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      // Beyond 30 days, too, where memcached takes another form.
      Lifetime lifetime =
          i % 3 == 0 ? Lifetime.FOREVER : Lifetime.ofSeconds(7_200 + 4_000_000L * (i % 3 - 1));
      lifetimes.add(new NewLifetime(keys.get(i), lifetime));
    }
    lifetimes.add(new NewLifetime(CacheKey.of("none"), HOUR));
    Instant before = now();
    List<KeyOutcome> reported = refresh(lifetimes);
    Instant after = now();
    assertEquals(keys.size(), Collections.frequency(reported, KeyOutcome.DONE));
    assertEquals(KeyOutcome.ABSENT, reported.get(keys.size()));
    for (int i = 0; i < keys.size(); i++) {
      CacheEntry entry = cache.read(keys.get(i)).orElseThrow();
      assertEquals(value, entry.value());
      Instant read = now();
      Optional<Instant> end = entry.expiry().remaining(read).map(read::plus);
      assertEquals(i % 3 == 0, end.isEmpty());
      // To the second, and the reads may take long.
      Duration expected = Duration.ofSeconds(7_200 + 4_000_000L * (i % 3 - 1));
      end.ifPresent(time -> {
        assertFalse(time.isBefore(before.plus(expected).minusSeconds(2)), time::toString);
        assertFalse(time.isAfter(after.plus(expected).plusSeconds(2)), time::toString);
      });
    }
  }

  @Test
  void workOnNothingReportsNothing() {
    assertEquals(List.of(), read(List.of()).all);
    bulk.find(server, Collections.emptyIterator(), (key, isThere) -> fail());
    bulk.store(server, Collections.emptyIterator(), true, (entry, outcome, reason) -> fail());
  }

  @Test
  void unknownServerIsAnError() {
    List<CacheKey> keys = keys(1);
    for (int count = 0; count <= 1; count++) {
      List<CacheKey> some = keys.subList(0, count);
      assertThrows(
          IllegalArgumentException.class,
          () -> bulk.read("nowhere:1", infos(some).iterator(), new Reported()));
      assertThrows(
          IllegalArgumentException.class,
          () -> bulk.find("nowhere:1", some.iterator(), (key, isThere) -> fail()));
      assertThrows(
          IllegalArgumentException.class,
          () -> bulk.store(
              "nowhere:1",
              some.stream().map(key -> entry(key, VALUE)).iterator(),
              false,
              (entry, outcome, reason) -> fail()));
    }
  }
}
