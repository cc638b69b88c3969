package org.ocmcore.cache.domain.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * What every {@link BulkPort} does, seen beside the {@link CachePort} and the {@link KeyspacePort}
 * on the same store. The limit of an item is memcached's default, 1 MiB.
 */
public abstract class BulkPortContract {
  private static final Lifetime HOUR = Lifetime.ofSeconds(3600);
  private static final CacheValue VALUE = CacheValue.of(new byte[] {1, 2, 3}, 7);
  private static final CacheValue OTHER = CacheValue.of(new byte[] {4}, 9);
  private static final int MANY = 20_000;

  /** What no implementation may have under way at once: several times "a few MiB". */
  private static final long FAR_TOO_MUCH = 10 * 1024 * 1024;

  private CachePort cache;
  private KeyspacePort keyspace;
  private BulkPort bulk;
  private String server;

  /** An empty store. */
  protected abstract Store createStore();

  /** Lets this much time pass for the store, and a little more. */
  protected abstract void elapse(Duration duration);

  /** The store's time. */
  protected abstract Instant now();

  @BeforeEach
  void createEmptyStore() {
    Store store = createStore();
    cache = store.cache();
    keyspace = store.keyspace();
    bulk = store.bulk();
    server = keyspace.servers().get(0);
  }

  /** Keys that belong on the server that is worked on. */
  private List<CacheKey> keys(int count) {
    return Stream.iterate(0, i -> i + 1)
        .map(i -> CacheKey.of("bulk:" + i))
        .filter(key -> cache.place(key).server().equals(server))
        .limit(count)
        .toList();
  }

  private CacheKey key() {
    return keys(1).get(0);
  }

  private KeyInfo info(CacheKey key, long size) {
    return new KeyInfo(key, Expiry.NEVER, size, KeyInfo.UNKNOWN, false, server);
  }

  private static CacheEntry entry(CacheKey key, CacheValue value) {
    return new CacheEntry(key, value, Expiry.NEVER);
  }

  private List<KeyInfo> infos(List<CacheKey> keys) {
    return keys.stream().map(key -> info(key, 100)).toList();
  }

  /** Writes down what it is told. */
  private static final class Told implements BulkPort.ReadVisitor {
    final List<CacheKey> all = new ArrayList<>();
    final List<CacheEntry> found = new ArrayList<>();
    final List<CacheKey> absent = new ArrayList<>();

    @Override
    public void found(KeyInfo key, CacheEntry entry) {
      assertEquals(key.key(), entry.key());
      all.add(key.key());
      found.add(entry);
    }

    @Override
    public void absent(KeyInfo key) {
      all.add(key.key());
      absent.add(key.key());
    }

    @Override
    public void refused(KeyInfo key, String reason) {
      fail(key + ": " + reason);
    }
  }

  private Told read(List<CacheKey> keys) {
    Told told = new Told();
    bulk.read(server, infos(keys).iterator(), told);
    return told;
  }

  private List<Boolean> find(List<CacheKey> keys) {
    List<CacheKey> told = new ArrayList<>();
    List<Boolean> found = new ArrayList<>();
    bulk.find(server, keys.iterator(), (key, isThere) -> {
      told.add(key);
      found.add(isThere);
    });
    assertEquals(keys, told);
    return found;
  }

  private List<StoreOutcome> store(List<CacheEntry> entries, boolean onlyAbsent) {
    List<CacheEntry> told = new ArrayList<>();
    List<StoreOutcome> outcomes = new ArrayList<>();
    bulk.store(server, entries.iterator(), onlyAbsent, (entry, outcome, reason) -> {
      assertEquals("", reason);
      told.add(entry);
      outcomes.add(outcome);
    });
    assertEquals(entries, told);
    return outcomes;
  }

  @Test
  void entriesAreReadInOrder() {
    List<CacheKey> keys = keys(3_000);
    for (int i = 0; i < keys.size(); i += 2) {
      cache.store(keys.get(i), CacheValue.of(("value " + i).getBytes(), i), HOUR);
    }
    Told told = read(keys);
    assertEquals(keys, told.all);
    assertEquals(1_500, told.found.size());
    for (int i = 0; i < told.found.size(); i++) {
      CacheValue expected = CacheValue.of(("value " + 2 * i).getBytes(), 2L * i);
      assertEquals(expected, told.found.get(i).value());
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

  private static List<CacheValue> values(Told told) {
    return told.found.stream().map(CacheEntry::value).toList();
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

  @Test
  void oneCallTakesAnyNumberOfItems() {
    int length = 1_000;
    List<CacheKey> keys = keys(MANY);
    UnderWay<CacheEntry> stores = new UnderWay<>(
        keys.stream().map(key -> entry(key, CacheValue.of(new byte[length], 0))).iterator(),
        length);
    bulk.store(server, stores, true, (entry, outcome, reason) -> {
      assertEquals(StoreOutcome.STORED, outcome);
      stores.told();
    });
    assertEquals(MANY, stores.told);

    UnderWay<KeyInfo> reads =
        new UnderWay<>(keys.stream().map(key -> info(key, length)).iterator(), length);
    Told counting = new Told();
    bulk.read(server, reads, new BulkPort.ReadVisitor() {
      @Override
      public void found(KeyInfo key, CacheEntry entry) {
        assertEquals(length, entry.value().length());
        reads.told();
      }

      @Override
      public void absent(KeyInfo key) {
        counting.absent(key);
      }

      @Override
      public void refused(KeyInfo key, String reason) {
        counting.refused(key, reason);
      }
    });
    assertEquals(List.of(), counting.absent);
    assertEquals(MANY, reads.told);
    assertEquals(Set.of(true), Set.copyOf(find(keys)));
  }

  /** Watches that not too much is taken before it is told. */
  private static final class UnderWay<T> implements Iterator<T> {
    private final Iterator<T> items;
    private final long bytesEach;
    private long taken;
    private long told;

    UnderWay(Iterator<T> items, long bytesEach) {
      this.items = items;
      this.bytesEach = bytesEach;
    }

    @Override
    public boolean hasNext() {
      return items.hasNext();
    }

    @Override
    public T next() {
      taken++;
      assertTrue((taken - told) * bytesEach < FAR_TOO_MUCH, () -> taken + " taken, told " + told);
      return items.next();
    }

    void told() {
      told++;
    }
  }

  /** Breaks after some items. */
  private static final class Breaking<T> implements Iterator<T> {
    private final Iterator<T> items;
    private final RuntimeException failure;
    private int left;

    Breaking(List<T> items, int good, RuntimeException failure) {
      this.items = items.iterator();
      this.left = good;
      this.failure = failure;
    }

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public T next() {
      if (left-- == 0) {
        throw failure;
      }
      return items.next();
    }
  }

  private void assertWorks() {
    List<CacheKey> keys = keys(100);
    List<CacheEntry> entries = keys.stream().map(key -> entry(key, VALUE)).toList();
    assertEquals(Set.of(StoreOutcome.STORED), Set.copyOf(store(entries, false)));
    assertEquals(entries, read(keys).found);
    assertEquals(Set.of(true), Set.copyOf(find(keys)));
    assertEquals(Optional.of(VALUE), cache.get(keys.get(0)));
  }

  @Test
  void iteratorExceptionReachesTheCaller() {
    RuntimeException failure = new IllegalStateException("no more");
    List<CacheKey> keys = keys(9_000);
    List<CacheEntry> entries = keys.stream().map(key -> entry(key, OTHER)).toList();
    for (int good : new int[] {0, 1, 50, 8_000}) {
      assertThrowsIt(
          failure, () -> bulk.read(server, new Breaking<>(infos(keys), good, failure), new Told()));
      assertThrowsIt(
          failure,
          () -> bulk.find(server, new Breaking<>(keys, good, failure), (key, isThere) -> {}));
      assertThrowsIt(
          failure,
          () -> bulk.store(
              server,
              new Breaking<>(entries, good, failure),
              false,
              (entry, outcome, reason) -> {}));
      assertWorks();
    }
  }

  @Test
  void visitorExceptionReachesTheCaller() {
    RuntimeException failure = new IllegalStateException("enough");
    List<CacheKey> keys = keys(9_000);
    List<CacheEntry> entries = keys.stream().map(key -> entry(key, OTHER)).toList();
    for (int good : new int[] {0, 1, 50, 8_000}) {
      int[] told = new int[3];
      assertThrowsIt(
          failure,
          () -> bulk.store(
              server,
              entries.iterator(),
              false,
              (entry, outcome, reason) -> count(told, 0, good, failure)));
      assertThrowsIt(
          failure,
          () ->
              bulk.find(server, keys.iterator(), (key, isThere) -> count(told, 1, good, failure)));
      assertThrowsIt(
          failure,
          () -> bulk.read(server, infos(keys).iterator(), new BulkPort.ReadVisitor() {
            @Override
            public void found(KeyInfo key, CacheEntry entry) {
              count(told, 2, good, failure);
            }

            @Override
            public void absent(KeyInfo key) {
              count(told, 2, good, failure);
            }

            @Override
            public void refused(KeyInfo key, String reason) {
              fail(reason);
            }
          }));
      assertWorks();
    }
  }

  private static void count(int[] told, int which, int good, RuntimeException failure) {
    if (told[which]++ == good) {
      throw failure;
    }
    assertTrue(told[which] <= good, "told after it had thrown");
  }

  private static void assertThrowsIt(RuntimeException failure, Executable call) {
    assertSame(failure, assertThrows(RuntimeException.class, call));
  }

  @Test
  void anIteratorMayWaitForAnotherThread() {
    List<CacheKey> keys = keys(500);
    keys.forEach(key -> cache.store(key, VALUE, HOUR));
    SynchronousQueue<Optional<KeyInfo>> fed = new SynchronousQueue<>();
    CompletableFuture<Void> feeder = CompletableFuture.runAsync(() -> {
      infos(keys).forEach(key -> put(fed, Optional.of(key)));
      put(fed, Optional.empty());
    });
    Told told = new Told();
    bulk.read(server, new Fed(fed), told);
    feeder.join();
    assertEquals(keys, told.all);
    assertEquals(keys.size(), told.found.size());
  }

  private static void put(SynchronousQueue<Optional<KeyInfo>> queue, Optional<KeyInfo> key) {
    try {
      queue.put(key);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives what comes out of a queue, up to the first empty thing. */
  private static final class Fed implements Iterator<KeyInfo> {
    private final SynchronousQueue<Optional<KeyInfo>> queue;
    private Optional<KeyInfo> next = Optional.empty();
    private boolean over;

    Fed(SynchronousQueue<Optional<KeyInfo>> queue) {
      this.queue = queue;
    }

    @Override
    public boolean hasNext() {
      if (next.isEmpty() && !over) {
        try {
          next = queue.take();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        over = next.isEmpty();
      }
      return next.isPresent();
    }

    @Override
    public KeyInfo next() {
      hasNext();
      KeyInfo key = next.orElseThrow();
      next = Optional.empty();
      return key;
    }
  }

  @Test
  void aVisitorMayUseTheStore() {
    List<CacheKey> keys = keys(300);
    keys.forEach(key -> cache.store(key, VALUE, HOUR));
    List<CacheKey> deleted = new ArrayList<>();
    bulk.find(server, keys.iterator(), (key, isThere) -> {
      if (isThere && cache.delete(key)) {
        deleted.add(key);
      }
    });
    assertEquals(keys, deleted);
  }

  @Test
  void manyThreadsWorkAtOnce() {
    List<CacheKey> keys = keys(2_000);
    CompletableFuture.allOf(IntStream.range(0, 8)
            .mapToObj(thread -> CompletableFuture.runAsync(() -> {
              List<CacheKey> mine = keys.subList(250 * thread, 250 * (thread + 1));
              List<CacheEntry> entries = mine.stream()
                  .map(key -> entry(key, CacheValue.ofText("of " + key)))
                  .toList();
              for (int i = 0; i < 10; i++) {
                assertEquals(Set.of(StoreOutcome.STORED), Set.copyOf(store(entries, false)));
                assertEquals(entries, read(mine).found);
              }
            }))
            .toArray(CompletableFuture[]::new))
        .join();
  }

  @Test
  void onlyReadingMarksAsFetched() {
    List<CacheKey> keys = keys(10);
    keys.forEach(key -> cache.store(key, VALUE, HOUR));
    assertEquals(Collections.nCopies(10, true), find(keys));
    assertEquals(Set.of(false), Set.copyOf(fetched().values()));
    read(keys.subList(0, 5));
    assertEquals(
        Set.copyOf(keys.subList(0, 5)),
        fetched().entrySet().stream()
            .filter(Map.Entry::getValue)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()));
  }

  private Map<CacheKey, Boolean> fetched() {
    List<KeyInfo> walked = new ArrayList<>();
    keyspace.walk(server, walked::add);
    return walked.stream()
        .distinct()
        .collect(Collectors.toMap(KeyInfo::key, KeyInfo::fetched, (one, other) -> other));
  }

  @Test
  void workOnNothingTellsNothing() {
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
          () -> bulk.read("nowhere:1", infos(some).iterator(), new Told()));
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

  @Test
  void anInterruptEndsTheWorkAndStaysSet() {
    List<CacheKey> keys = keys(5_000);
    for (int good : new int[] {0, 1_000}) {
      int[] told = new int[1];
      assertThrows(
          StoreUnavailable.class,
          () -> bulk.find(server, keys.iterator(), (key, is) -> {
            if (told[0]++ == good) {
              Thread.currentThread().interrupt();
            }
          }));
      assertTrue(Thread.interrupted(), "the flag is gone");
      assertTrue(told[0] > good, told[0] + " told");
      assertFalse(told[0] == keys.size(), "all were told");
    }
    assertWorks();
  }

  /** What became of each key, by how it was told. */
  private List<KeyOutcome> delete(List<CacheKey> keys) {
    List<CacheKey> order = new ArrayList<>();
    List<KeyOutcome> told = new ArrayList<>();
    bulk.delete(server, keys.iterator(), (key, outcome, reason) -> {
      assertEquals("", reason);
      order.add(key);
      told.add(outcome);
    });
    assertEquals(keys, order);
    return told;
  }

  private List<KeyOutcome> refresh(List<NewLifetime> keys) {
    List<NewLifetime> order = new ArrayList<>();
    List<KeyOutcome> told = new ArrayList<>();
    bulk.refresh(server, keys.iterator(), (key, outcome, reason) -> {
      assertEquals("", reason);
      order.add(key);
      told.add(outcome);
    });
    assertEquals(keys, order);
    return told;
  }

  @Test
  void deletedKeysAreGoneAndTheOthersStay() {
    List<CacheKey> keys = keys(20_000);
    store(keys.stream().map(key -> entry(key, VALUE)).toList(), false);
    List<CacheKey> some = new ArrayList<>(keys.subList(0, 15_000));
    some.add(CacheKey.of("none"));
    List<KeyOutcome> told = delete(some);
    assertEquals(15_000, Collections.frequency(told, KeyOutcome.DONE));
    assertEquals(KeyOutcome.ABSENT, told.get(15_000));
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
    List<KeyOutcome> told = refresh(lifetimes);
    assertEquals(keys.size(), Collections.frequency(told, KeyOutcome.DONE));
    assertEquals(KeyOutcome.ABSENT, told.get(keys.size()));
    for (int i = 0; i < keys.size(); i++) {
      CacheEntry entry = cache.read(keys.get(i)).orElseThrow();
      assertEquals(value, entry.value());
      Optional<Duration> left = entry.expiry().remaining(now());
      assertEquals(i % 3 == 0, left.isEmpty());
      long expected = 7_200 + 4_000_000L * (i % 3 - 1);
      left.ifPresent(
          time -> assertTrue(Math.abs(time.toSeconds() - expected) <= 2, time::toString));
    }
  }
}
