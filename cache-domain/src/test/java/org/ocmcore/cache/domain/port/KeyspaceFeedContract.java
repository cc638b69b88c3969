package org.ocmcore.cache.domain.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener.Kind;
import org.ocmcore.cache.domain.testing.FeedThread;
import org.ocmcore.cache.domain.testing.FeedThread.Removed;
import org.ocmcore.cache.domain.testing.FeedThread.Stored;

/** What every {@link KeyspacePort} does whose servers can be followed. */
public abstract class KeyspaceFeedContract {
  private static final CacheValue VALUE = CacheValue.ofText("v");
  private static final Lifetime HOUR = Lifetime.ofSeconds(3600);
  private static final Duration MONTH = Duration.ofDays(31);

  private CachePort cache;
  private KeyspacePort keyspace;
  private BulkPort bulk;
  private FeedThread feed;

  /** An empty store of one server, which holds a few megabytes and then evicts. */
  protected abstract Store createStore();

  /** Ends the only server without a word. */
  protected abstract void killServer();

  @BeforeEach
  void followEmptyStore() {
    Store store = createStore();
    cache = store.cache();
    keyspace = store.keyspace();
    bulk = store.bulk();
    feed = FeedThread.start(keyspace, server());
  }

  @AfterEach
  void endFeed() {
    feed.close();
  }

  private String server() {
    return keyspace.servers().get(0);
  }

  private Map<CacheKey, KeyInfo> walk() {
    Map<CacheKey, KeyInfo> found = new HashMap<>();
    keyspace.walk(server(), key -> found.put(key.key(), key));
    return found;
  }

  @Test
  void feedBeginsOnceAndCatchesUp() {
    feed.awaitCaughtUp();
    assertTrue(feed.kinds().contains(Kind.MUTATIONS), feed.kinds().toString());
    assertEquals(List.of(), feed.stored());
  }

  @Test
  void everyWayToStoreIsReported() {
    CacheKey stored = CacheKey.of("feed:stored");
    CacheKey added = CacheKey.of("feed:added");
    CacheKey bulk = CacheKey.of("feed:bulk");
    cache.store(stored, VALUE, HOUR);
    assertTrue(cache.add(added, VALUE, HOUR));
    store(Stream.of(bulk));
    feed.awaitStored(3);
    assertEquals(Set.of(stored, added, bulk), keys());
  }

  private void store(Stream<CacheKey> keys) {
    bulk.store(
        server(),
        entries(keys),
        true,
        (entry, outcome, reason) ->
            assertEquals(StoreOutcome.STORED, outcome, () -> entry.key() + ": " + reason));
  }

  private static Iterator<CacheEntry> entries(Stream<CacheKey> keys) {
    return keys.map(key -> new CacheEntry(key, VALUE, Expiry.NEVER)).iterator();
  }

  private Set<CacheKey> keys() {
    return feed.stored().stream()
        .map(reported -> reported.info().key())
        .collect(Collectors.toSet());
  }

  @Test
  void rejectedStoresAreNotReported() {
    CacheKey there = CacheKey.of("feed:there");
    CacheKey last = CacheKey.of("feed:last");
    cache.store(there, VALUE, HOUR);
    assertFalse(cache.add(there, CacheValue.ofText("longer"), HOUR));
    cache.store(last, VALUE, HOUR);
    feed.awaitStored(last);
    assertEquals(
        List.of(there, last),
        feed.stored().stream().map(reported -> reported.info().key()).toList());
  }

  @Test
  void keysComeBackByteForByte() {
    byte[] all = new byte[CacheKey.MAX_BYTES];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (0x80 | i);
    }
    Set<CacheKey> keys = Set.of(
        CacheKey.of("k"),
        CacheKey.of("k".repeat(250)),
        CacheKey.of("50%25+1&a=b/c?d#e\"f\\"),
        CacheKey.ofBytes(all),
        CacheKey.ofBytes(new byte[] {(byte) 0xff, (byte) 0xfe, 'x', (byte) 0x80}),
        CacheKey.ofBytes(new byte[] {'t', 'a', '\t', 'b', 0x7f, 1}),
        CacheKey.ofBytes(new byte[] {'a', ' ', 'b', '\r', '\n', 0}));
    keys.forEach(key -> cache.store(key, VALUE, HOUR));
    feed.awaitStored(keys.size());
    assertEquals(keys, keys());
  }

  @Test
  void reportsAgreeWithAWalk() {
    Map<CacheKey, Lifetime> lifetimes = Map.of(
        CacheKey.of("feed:never"), Lifetime.FOREVER,
        CacheKey.of("feed:minute"), Lifetime.ofSeconds(60),
        CacheKey.of("feed:month"), Lifetime.ofSeconds(MONTH.toSeconds()));
    lifetimes.forEach((key, lifetime) -> cache.store(key, VALUE, lifetime));
    cache.store(CacheKey.of("feed:large"), CacheValue.of(new byte[600_000], 0), HOUR);
    cache.store(CacheKey.of("feed:empty"), CacheValue.of(new byte[0], 0), HOUR);
    feed.awaitStored(5);
    Map<CacheKey, KeyInfo> walked = walk();
    assertEquals(walked.keySet(), keys());
    for (Stored reported : feed.stored()) {
      KeyInfo expected = walked.get(reported.info().key());
      assertEquals(expected.size(), reported.info().size(), expected.toString());
      assertEquals(expected.server(), reported.info().server());
      assertEquals(expected.expiry().isNever(), reported.info().expiry().isNever());
      if (!expected.expiry().isNever()) {
        assertAbout(expected.expiry().epochSecond(), reported.info().expiry().epochSecond());
      }
      assertAbout(expected.lastAccess(), reported.info().lastAccess());
      assertFalse(reported.info().fetched());
    }
  }

  @Test
  void sizeLacksAtMostTheFlags() {
    CacheKey key = CacheKey.of("feed:flags");
    CacheValue value = CacheValue.of(new byte[100], 5);
    cache.store(key, value, HOUR);
    feed.awaitStored(key);
    long missing = ItemSize.of(key, value) - feed.stored().get(0).info().size();
    assertTrue(missing == 0 || missing == 4, missing + " bytes");
  }

  private static void assertAbout(long expected, long reported) {
    assertTrue(Math.abs(expected - reported) <= 2, reported + " is not about " + expected);
  }

  @Test
  void timesAreOursAndNeverInTheFuture() {
    Instant before = Instant.now();
    cache.store(CacheKey.of("feed:time"), VALUE, HOUR);
    feed.awaitStored(1);
    Stored reported = feed.stored().get(0);
    assertFalse(reported.at().isBefore(before.minusSeconds(3)), reported.toString());
    assertFalse(reported.at().isAfter(Instant.now()), reported.toString());
  }

  @Test
  void evictionsAreReportedAsEvictions() {
    int count = 0;
    while (feed.removed().isEmpty()) {
      assertTrue(count < 100_000, "nothing is evicted");
      cache.store(CacheKey.of("feed:evict:" + count++), CacheValue.of(new byte[20_000], 0), HOUR);
    }
    CacheKey last = CacheKey.of("feed:evict:last");
    cache.store(last, VALUE, HOUR);
    feed.awaitStored(last);
    assertEquals(feed.removed().size(), feed.evicted());
    Set<CacheKey> walked = walk().keySet();
    for (Removed reported : feed.removed()) {
      assertTrue(reported.key().toString().startsWith("feed:evict:"), reported.toString());
      assertFalse(walked.contains(reported.key()), reported.toString());
    }
  }

  @Test
  void everyCountedChangeIsReported() {
    CacheKey there = CacheKey.of("feed:there");
    CacheKey large = CacheKey.of("feed:large");
    CacheKey last = CacheKey.of("feed:last");
    ServerStats before = keyspace.stats(server());
    cache.store(there, VALUE, HOUR);
    assertFalse(cache.add(there, CacheValue.ofText("longer"), HOUR));
    cache.refresh(there, HOUR);
    cache.delete(there);
    for (int i = 0; feed.removed().isEmpty() || feed.evictions() < 10; i++) {
      assertTrue(i < 100_000, "nothing is evicted");
      cache.store(CacheKey.of("feed:evict:" + i), CacheValue.of(new byte[20_000], 0), HOUR);
    }
    assertThrows(
        ValueTooLarge.class,
        () -> cache.store(large, CacheValue.of(new byte[(int) ItemSize.DEFAULT_MAX], 0), HOUR));
    cache.store(last, VALUE, HOUR);
    feed.awaitStored(last);
    ServerStats after = keyspace.stats(server());
    feed.await(() -> feed.stores() + feed.skipped() >= after.stores() - before.stores()
        && feed.evictions() + feed.skipped() >= after.evictions() - before.evictions());
    if (feed.skipped() == 0) {
      assertEquals(after.stores() - before.stores(), feed.stores());
      assertEquals(after.evictions() - before.evictions(), feed.evictions());
    }
  }

  @Test
  void promisedDeletionsAreReported() {
    CacheKey deleted = CacheKey.of("feed:deleted");
    CacheKey last = CacheKey.of("feed:last");
    cache.store(deleted, VALUE, HOUR);
    cache.delete(deleted);
    cache.store(last, VALUE, HOUR);
    feed.awaitStored(last);
    assertEquals(
        feed.kinds().contains(Kind.DELETIONS) ? List.of(deleted) : List.of(),
        feed.removed().stream().map(Removed::key).toList());
    assertEquals(0, feed.evicted());
  }

  @Test
  void everyLostChangeIsReportedAsSkipped() {
    AtomicLong changes = new AtomicLong();
    feed.hold(() -> {
      for (int first = 0; first < 100_000; first += 5_000) {
        bulk.store(
            server(),
            entries(
                IntStream.range(first, first + 5_000).mapToObj(i -> CacheKey.of("feed:many:" + i))),
            true,
            (entry, outcome, reason) -> {
              // A small server that evicts may run out of memory for a moment.
              if (outcome == StoreOutcome.STORED) {
                changes.incrementAndGet();
              }
            });
      }
    });
    assertTrue(changes.get() > 90_000, changes + " of 100,000 are stored");
    feed.await(() -> {
      keyspace.stats(server());
      return feed.stored().size() + feed.skipped() >= changes.get();
    });
  }

  @Test
  void interruptionEndsIt() {
    feed.awaitCaughtUp();
    feed.interrupt();
    StoreUnavailable failure = feed.failure();
    assertTrue(failure.reason().contains("interrupted"), failure.reason());
    assertEquals(server(), failure.server());
    assertTrue(feed.wasInterrupted());
  }

  @Test
  void aServerThatDiesEndsIt() {
    feed.awaitCaughtUp();
    killServer();
    StoreUnavailable failure = feed.failure();
    assertEquals(server(), failure.server());
    assertFalse(failure.isRefusal());
  }
}
