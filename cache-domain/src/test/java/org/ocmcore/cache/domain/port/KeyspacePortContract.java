package org.ocmcore.cache.domain.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;

/** What every {@link KeyspacePort} does, seen beside the {@link CachePort} on the same store. */
public abstract class KeyspacePortContract {
  private static final Lifetime HOUR = Lifetime.ofSeconds(3600);

  private CachePort cache;
  private KeyspacePort keyspace;
  private BulkPort bulk;

  /** An empty store. */
  protected abstract Store createStore();

  /** Lets this much time pass for the store, and a little more. */
  protected abstract void elapse(Duration duration);

  /** Whether walks report flags; memcached does so since 1.6.24. */
  protected boolean reportsFlags() {
    return true;
  }

  /** The store's time. */
  protected abstract Instant now();

  @BeforeEach
  void createEmptyStore() {
    Store store = createStore();
    cache = store.cache();
    keyspace = store.keyspace();
    bulk = store.bulk();
  }

  private Map<CacheKey, KeyInfo> walk() {
    Map<CacheKey, KeyInfo> found = new HashMap<>();
    for (String server : keyspace.servers()) {
      keyspace.walk(server, key -> found.put(key.key(), key));
    }
    return found;
  }

  @Test
  void anEmptyStoreHasServersAndNoKeys() {
    assertFalse(keyspace.servers().isEmpty());
    assertEquals(Map.of(), walk());
  }

  @Test
  void walkFindsEveryKeyOnItsServer() {
    for (int i = 0; i < 1_000; i++) {
      cache.store(CacheKey.of("walk:" + i), CacheValue.ofText("v"), HOUR);
    }
    Map<CacheKey, KeyInfo> found = walk();
    assertEquals(1_000, found.size());
    found.values().forEach(key -> assertEquals(cache.place(key.key()), key.placed()));
  }

  @Test
  void keysComeBackByteForByte() {
    Set<CacheKey> keys = Set.of(
        CacheKey.of("k"),
        CacheKey.of("k".repeat(250)),
        CacheKey.of("50%25+1&a=b/c?d#e\"f\\"),
        CacheKey.of("ключ:🔑"),
        CacheKey.ofBytes(new byte[] {(byte) 0xff, (byte) 0xfe, 'x', (byte) 0x80}),
        CacheKey.ofBytes(new byte[] {'t', 'a', '\t', 'b', 0x7f, 1}),
        CacheKey.ofBytes(new byte[] {'a', ' ', 'b', '\r', '\n', 0}));
    keys.forEach(key -> cache.store(key, CacheValue.ofText("v"), HOUR));
    assertEquals(keys, walk().keySet());
  }

  @Test
  void sizeIsThatOfTheWholeItem() {
    CacheKey plain = CacheKey.of("size:plain");
    CacheKey flagged = CacheKey.of("size:flagged");
    CacheKey large = CacheKey.of("size:large");
    Map<CacheKey, CacheValue> values = Map.of(
        plain, CacheValue.of(new byte[100], 0),
        flagged, CacheValue.of(new byte[100], 1),
        large, CacheValue.of(new byte[300_000], 0));
    values.forEach((key, value) -> cache.store(key, value, HOUR));
    Map<CacheKey, KeyInfo> found = walk();
    values.forEach((key, value) ->
        assertEquals(ItemSize.of(key, value), found.get(key).size(), key.toString()));
  }

  @Test
  void flagsAreReportedIfTheServerKnowsHow() {
    List<Long> all = List.of(0L, 16L, (1L << 32) - 1);
    for (long flags : all) {
      cache.store(CacheKey.of("flags:" + flags), CacheValue.of(new byte[100], flags), HOUR);
    }
    Map<CacheKey, KeyInfo> found = walk();
    for (long flags : all) {
      assertEquals(
          reportsFlags() ? flags : KeyInfo.UNKNOWN,
          found.get(CacheKey.of("flags:" + flags)).flags());
    }
  }

  @Test
  void expiryIsReported() {
    cache.store(CacheKey.of("ttl:hour"), CacheValue.ofText("v"), HOUR);
    cache.store(CacheKey.of("ttl:never"), CacheValue.ofText("v"), Lifetime.FOREVER);
    cache.store(CacheKey.of("ttl:month"), CacheValue.ofText("v"), Lifetime.ofSeconds(2_592_001));
    Map<CacheKey, KeyInfo> found = walk();
    assertTrue(found.get(CacheKey.of("ttl:never")).expiry().isNever());
    assertAbout(3600, found.get(CacheKey.of("ttl:hour")));
    assertAbout(2_592_001, found.get(CacheKey.of("ttl:month")));
  }

  private void assertAbout(long seconds, KeyInfo key) {
    Duration left = key.expiry().remaining(now()).orElseThrow();
    assertTrue(Math.abs(left.toSeconds() - seconds) <= 2, left + " is not about " + seconds + " s");
  }

  @Test
  void deletedAndExpiredKeysAreNotMet() {
    cache.store(CacheKey.of("gone:deleted"), CacheValue.ofText("v"), HOUR);
    cache.store(CacheKey.of("gone:expired"), CacheValue.ofText("v"), Lifetime.ofSeconds(1));
    cache.store(CacheKey.of("there"), CacheValue.ofText("v"), HOUR);
    cache.delete(CacheKey.of("gone:deleted"));
    elapse(Duration.ofSeconds(1));
    assertEquals(Set.of(CacheKey.of("there")), walk().keySet());
  }

  @Test
  void nothingIsMetAfterClearing() {
    cache.store(CacheKey.of("a"), CacheValue.ofText("v"), HOUR);
    cache.clear();
    assertEquals(Map.of(), walk());
  }

  @Test
  void freshKeyHasASmallIdleTime() {
    cache.store(CacheKey.of("idle"), CacheValue.ofText("v"), HOUR);
    Duration idle = walk().get(CacheKey.of("idle")).idle(now()).orElseThrow();
    assertFalse(idle.isNegative());
    assertTrue(idle.toSeconds() <= 3, idle.toString());
  }

  @Test
  void storingResetsTheFetchedMark() {
    CacheKey untouched = CacheKey.of("fetched:not");
    CacheKey read = CacheKey.of("fetched:read");
    CacheKey refreshed = CacheKey.of("fetched:refreshed");
    CacheKey storedAnew = CacheKey.of("fetched:stored-anew");
    for (CacheKey key : List.of(untouched, read, refreshed, storedAnew)) {
      cache.store(key, CacheValue.ofText("v"), HOUR);
    }
    assertEquals(Set.of(), fetched());
    cache.get(read);
    cache.get(storedAnew);
    cache.refresh(refreshed, Lifetime.ofSeconds(1_800));
    assertEquals(Set.of(read, refreshed, storedAnew), fetched());
    cache.refresh(read, HOUR);
    cache.store(storedAnew, CacheValue.ofText("w"), HOUR);
    assertEquals(Set.of(read, refreshed), fetched());
  }

  private Set<CacheKey> fetched() {
    return walk().values().stream()
        .filter(KeyInfo::fetched)
        .map(KeyInfo::key)
        .collect(Collectors.toSet());
  }

  @Test
  void clearingIsCounted() {
    long before = flushes();
    cache.clear();
    assertTrue(flushes() > before);
    long once = flushes();
    cache.clear();
    assertTrue(flushes() > once);
  }

  private long flushes() {
    return keyspace.servers().stream()
        .map(keyspace::stats)
        .mapToLong(ServerStats::flushes)
        .min()
        .orElseThrow();
  }

  private long changes() {
    return keyspace.servers().stream()
        .map(keyspace::stats)
        .mapToLong(ServerStats::changes)
        .sum();
  }

  private void assertCounted(Runnable change) {
    long before = changes();
    change.run();
    assertTrue(changes() > before, "it is not counted");
  }

  @Test
  void whateverChangesSomethingIsCounted() {
    CacheKey key = CacheKey.of("changes");
    CacheValue value = CacheValue.ofText("v");
    CacheEntry entry = new CacheEntry(key, value, Expiry.NEVER);
    assertCounted(() -> cache.store(key, value, HOUR));
    assertCounted(() -> cache.store(key, value, HOUR));
    assertCounted(() -> cache.refresh(key, Lifetime.FOREVER));
    String server = cache.place(key).server();
    assertCounted(() -> bulk.refresh(
        server, List.of(new NewLifetime(key, HOUR)).iterator(), (reported, is, why) -> {}));
    assertCounted(() -> cache.delete(key));
    assertCounted(() -> cache.add(key, value, HOUR));
    assertCounted(() -> bulk.delete(server, List.of(key).iterator(), (reported, is, why) -> {}));
    assertCounted(() -> bulk.store(server, List.of(entry).iterator(), true, (e, is, why) -> {}));
    assertCounted(cache::clear);
  }

  @Test
  void whatChangesNothingIsNotCounted() {
    CacheKey key = CacheKey.of("changes");
    CacheKey absent = CacheKey.of("changes:absent");
    CacheValue value = CacheValue.ofText("v");
    cache.store(key, value, HOUR);
    long before = changes();
    cache.get(key);
    cache.get(absent);
    cache.read(key);
    cache.readAll(List.of(cache.place(key)));
    cache.add(key, value, HOUR);
    cache.delete(absent);
    cache.refresh(absent, HOUR);
    walk();
    assertEquals(before, changes());
  }

  @Test
  void everyServerAnswersAProbe() {
    for (String server : keyspace.servers()) {
      Duration latency = keyspace.probe(server);
      assertFalse(latency.isNegative());
      assertTrue(latency.compareTo(Duration.ofSeconds(20)) < 0, latency.toString());
    }
  }

  @Test
  void everyServerReportsItsStats() {
    for (int i = 0; i < 100; i++) {
      cache.store(
          CacheKey.of("stats:" + i),
          CacheValue.of("value".getBytes(StandardCharsets.UTF_8), 0),
          HOUR);
      cache.get(CacheKey.of("stats:" + i));
      cache.get(CacheKey.of("stats:missing:" + i));
    }
    List<ServerStats> stats = keyspace.servers().stream().map(keyspace::stats).toList();
    assertEquals(100, stats.stream().mapToLong(ServerStats::currentItems).sum());
    assertTrue(stats.stream().mapToLong(ServerStats::bytes).sum() >= 100 * 70);
    assertTrue(stats.stream().mapToLong(ServerStats::hits).sum() >= 100);
    assertTrue(stats.stream().mapToLong(ServerStats::misses).sum() >= 100);
    stats.forEach(server -> {
      assertFalse(server.version().isEmpty());
      assertFalse(server.uptime().isNegative());
    });
  }

  @Test
  void countersHaveTheNamesOfMemcached() {
    cache.store(CacheKey.of("counted"), CacheValue.ofText("v"), HOUR);
    cache.get(CacheKey.of("counted"));
    long items = 0;
    for (String server : keyspace.servers()) {
      Map<String, String> general = keyspace.counters(server, false).general();
      items += Long.parseLong(general.get("curr_items"));
      assertTrue(Long.parseLong(general.get("get_hits")) >= 0);
      assertEquals(keyspace.stats(server).version(), general.get("version"));
      assertEquals(Map.of(), keyspace.counters(server, false).slabs());
    }
    assertEquals(1, items);
  }
}
