package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.NewLifetime;

/** How often each kind of work waits for a server that is far away, counted on the wire. */
final class FarServerIT {
  private static final Duration ROUND_TRIP = Duration.ofMillis(300);

  /** Enough for one answer on a busy machine, and too short for four. */
  private static final Duration TIMEOUT = Duration.ofMillis(1_100);

  private static final int MANY = 20_000;
  private static final int FEW = 20;
  private static final CacheKey KEY = CacheKey.of("key");
  private static final CacheValue VALUE = CacheValue.ofText("1");
  private static final Lifetime YEAR = Lifetime.of(Duration.ofDays(365));

  private final MemcachedServer server = MemcachedServer.start("-o", "hashpower=20");
  private final Relay relay = Relay.to(server, ROUND_TRIP);
  private final MemcachedStore store = open(relay.address());
  private final MemcachedStore near = open(server.address());
  private final CachePort cache = store.cache();

  private static MemcachedStore open(String address) {
    return MemcachedStore.open(
        new MemcachedSettings(List.of(address), TIMEOUT, Ring.KETAMA, FeedMode.OFF),
        Clock.systemUTC());
  }

  @AfterEach
  void close() {
    store.close();
    near.close();
    relay.close();
    server.close();
  }

  private int waits(Runnable work) {
    int before = relay.waits();
    work.run();
    return relay.waits() - before;
  }

  /** Batches that wait for each other would take many more. */
  private void assertFewWaits(Runnable work) {
    int waits = waits(work);
    assertTrue(waits <= FEW, () -> waits + " round trips");
  }

  private static Stream<CacheKey> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> CacheKey.of("far:" + i));
  }

  private static Stream<CacheEntry> entries(int count) {
    return keys(count).map(key -> new CacheEntry(key, VALUE, Expiry.NEVER));
  }

  private void fill(int count) {
    near.bulk()
        .store(
            server.address(),
            entries(count).iterator(),
            false,
            (entry, outcome, reason) -> assertEquals("", reason));
    assertEquals(count, server.stat("curr_items"));
  }

  /** The server's version, limits and time come first. */
  @Test
  void theTimeoutLimitsEachAnswerOfACall() {
    assertTrue(waits(() -> cache.store(KEY, VALUE, YEAR)) >= 4);
    assertEquals(VALUE, cache.get(KEY).orElseThrow());
  }

  @Test
  void aCallOnOneKeyAwaitsOneAnswer() {
    MemcachedServer.await(() -> waits(() -> cache.store(KEY, VALUE, Lifetime.FOREVER)) == 1);
    List<Runnable> calls = List.of(
        () -> cache.get(KEY),
        () -> cache.read(KEY),
        () -> cache.add(KEY, VALUE, Lifetime.FOREVER),
        () -> cache.refresh(KEY, Lifetime.ofSeconds(60)),
        () -> cache.increment(KEY, 1, Lifetime.FOREVER),
        () -> cache.replace(KEY, 1, VALUE, Lifetime.FOREVER),
        () -> cache.readVersioned(KEY),
        () -> cache.delete(KEY),
        cache::clear);
    for (Runnable call : calls) {
      assertEquals(1, waits(call));
    }
  }

  @Test
  void threadsDoNotWaitForEachOther() {
    MemcachedServer.await(() -> waits(() -> cache.store(KEY, VALUE, Lifetime.FOREVER)) == 1);
    assertFewWaits(() -> {
      List<CompletableFuture<Void>> threads = Stream.generate(() -> CompletableFuture.runAsync(
              () -> IntStream.range(0, 5)
                  .forEach(i -> assertEquals(VALUE, cache.get(KEY).orElseThrow())),
              task -> new Thread(task).start()))
          .limit(40)
          .toList();
      threads.forEach(CompletableFuture::join);
    });
  }

  @Test
  void aLargeWalkAwaitsFewAnswers() {
    fill(200_000);
    List<KeyInfo> found = new ArrayList<>();
    assertFewWaits(() -> store.keyspace().walk(relay.address(), found::add));
    assertEquals(200_000, found.size());
  }

  @Test
  void bulkWorkAwaitsFewAnswers() {
    BulkPort bulk = store.bulk();
    String address = relay.address();
    int[] done = new int[4];
    assertFewWaits(() ->
        bulk.store(address, entries(MANY).iterator(), true, (entry, outcome, reason) -> done[0]++));
    assertFewWaits(() -> bulk.find(address, keys(MANY).iterator(), (key, isThere) -> done[1]++));
    assertFewWaits(() -> bulk.refresh(
        address,
        keys(MANY).map(key -> new NewLifetime(key, YEAR)).iterator(),
        (key, outcome, reason) -> done[2]++));
    List<PlacedKey> placed = keys(MANY).map(key -> new PlacedKey(key, address)).toList();
    assertFewWaits(() -> assertEquals(MANY, cache.readAll(placed).size()));
    assertFewWaits(
        () -> bulk.delete(address, keys(MANY).iterator(), (key, outcome, reason) -> done[3]++));
    for (int count : done) {
      assertEquals(MANY, count);
    }
    assertEquals(0, server.stat("curr_items"));
  }
}
