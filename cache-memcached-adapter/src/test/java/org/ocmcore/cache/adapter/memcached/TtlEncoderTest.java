package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.NewLifetime;

/** The TTL sent for a lifetime: relative up to 30 days, above that a date by the server's clock. */
final class TtlEncoderTest {
  private static final long MONTH = 2_592_000;
  private static final CacheKey KEY = CacheKey.of("key");
  private static final CacheValue VALUE = CacheValue.ofText("v");

  private final ScriptedServer peer = ScriptedServer.start();
  private final MemcachedStore store = peer.store(Duration.ofSeconds(20));
  private final CachePort cache = store.cache();

  @AfterEach
  void close() {
    store.close();
    peer.close();
  }

  private List<Long> sent() {
    return peer.receivedCommands().stream()
        .filter(line -> line.startsWith("ms ") || line.startsWith("mg "))
        .map(line -> line.replaceAll(".* T([0-9]+).*", "$1"))
        .map(Long::parseLong)
        .toList();
  }

  private void refreshMany(List<CacheKey> keys, Lifetime lifetime) {
    store
        .bulk()
        .refresh(
            peer.address(),
            keys.stream().map(key -> new NewLifetime(key, lifetime)).iterator(),
            (key, outcome, reason) -> {});
  }

  private long clockRequests() {
    return peer.receivedCommands().stream().filter("stats"::equals).count();
  }

  private void assertSentAbout(long expected) {
    sent().forEach(ttl -> assertTrue(Math.abs(ttl - expected) <= 2, ttl + " not " + expected));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3600, MONTH})
  void lifetimesUpToThirtyDaysAreSentUnchanged(long seconds) {
    Lifetime lifetime = Lifetime.ofSeconds(seconds);
    cache.store(KEY, VALUE, lifetime);
    cache.add(KEY, VALUE, lifetime);
    cache.refresh(KEY, lifetime);
    refreshMany(List.of(KEY), lifetime);
    assertEquals(List.of(seconds, seconds, seconds, seconds), sent());
    assertEquals(0, clockRequests());
  }

  @ParameterizedTest
  @ValueSource(longs = {-100_000_000, 0, 100_000_000})
  void longerLifetimesAreSentByTheServersClock(long offset) {
    peer.clockAhead(Duration.ofSeconds(offset));
    Lifetime lifetime = Lifetime.ofSeconds(MONTH + 1);
    cache.store(KEY, VALUE, lifetime);
    cache.add(KEY, VALUE, lifetime);
    cache.refresh(KEY, lifetime);
    assertEquals(3, sent().size());
    assertSentAbout(peer.now().getEpochSecond() + MONTH + 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {-100_000_000, 0, 100_000_000})
  void bulkOperationsFetchTheClockOnce(long offset) {
    peer.clockAhead(Duration.ofSeconds(offset));
    List<CacheKey> keys =
        IntStream.range(0, 50).mapToObj(i -> CacheKey.of("k" + i)).toList();
    Expiry end = Expiry.at(Clock.systemUTC().instant().plusSeconds(MONTH + 1000));
    store
        .bulk()
        .store(
            peer.address(),
            keys.stream().map(key -> new CacheEntry(key, VALUE, end)).iterator(),
            false,
            (entry, outcome, reason) -> {});
    assertEquals(1, clockRequests());
    refreshMany(keys, Lifetime.ofSeconds(MONTH + 1000));
    assertEquals(2, clockRequests());
    assertEquals(100, sent().size());
    assertSentAbout(peer.now().getEpochSecond() + MONTH + 1000);
  }

  @ParameterizedTest
  @ValueSource(longs = {-100_000_000, 100_000_000})
  void expiriesAreReportedByTheLocalClock(long offset) {
    peer.clockAhead(Duration.ofSeconds(offset));
    peer.on("mg", client -> client.send("VA 1 f0 t500\r\nv\r\n"));
    long end = cache.read(KEY).orElseThrow().expiry().epochSecond();
    assertTrue(Math.abs(end - 500 - Clock.systemUTC().instant().getEpochSecond()) <= 2);
  }
}
