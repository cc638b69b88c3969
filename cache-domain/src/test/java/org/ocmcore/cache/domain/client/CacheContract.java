package org.ocmcore.cache.domain.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.UnexpectedValue;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.ReservedKeys;
import org.ocmcore.cache.domain.port.Store;

/** What {@link Cache} does on every store. */
public abstract class CacheContract {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Long enough for a few calls: memcached may end a lifetime a second early. */
  private static final Duration SHORT = Duration.ofSeconds(3);

  private Store store;
  private Cache cache;

  /** An empty store, which the subclass closes. */
  protected abstract Store createStore();

  /** Lets this much time pass for the store, and a little more. */
  protected abstract void elapse(Duration duration);

  @BeforeEach
  void buildCache() {
    store = createStore();
    cache = Cache.builder(store).codec(new PointCodec()).build();
  }

  private void storeBytes(String key, String bytes) {
    store.cache().store(CacheKey.of(key), CacheValue.ofText(bytes), Lifetime.ofSeconds(100));
  }

  private String stored(String key) {
    CacheValue value = store.cache().get(CacheKey.of(key)).orElseThrow();
    return new String(value.bytes(), StandardCharsets.UTF_8);
  }

  private static List<String> read(Stream<String> keys) {
    try (keys) {
      return keys.toList();
    }
  }

  @Test
  void valuesComeBackAsTheirType() {
    for (Object value : List.of(
        "text",
        "",
        "12",
        "true",
        "null",
        "ключ 🔑",
        12,
        -12L,
        (short) 3,
        (byte) 4,
        1.5,
        2.5f,
        Double.NaN,
        true,
        false,
        new BigDecimal("1.10"),
        BigInteger.TEN.pow(30),
        new PointCodec.Point(1, 2))) {
      cache.set("typed", value, HOUR);
      assertEquals(Optional.of(value), cache.get("typed", value.getClass()));
    }
    cache.set("typed", new byte[] {0, -1, 2}, HOUR);
    assertArrayEquals(new byte[] {0, -1, 2}, cache.get("typed", byte[].class).orElseThrow());
    cache.set("typed", 7, HOUR);
    assertEquals(Optional.of(7), cache.get("typed", int.class));
  }

  @Test
  void plainValuesAreStoredAsTheirText() {
    for (Object value : List.of("12", "text", 12, true, 1.5)) {
      cache.set("plain", value, HOUR);
      assertEquals(value.toString(), stored("plain"));
      assertEquals(0, store.cache().get(CacheKey.of("plain")).orElseThrow().flags());
    }
  }

  @Test
  void aTypeWithArgumentsIsPassedToTheCodec() {
    cache.set("points", List.of(new PointCodec.Point(1, 2), new PointCodec.Point(3, 4)), HOUR);
    assertEquals(
        Optional.of(List.of(new PointCodec.Point(1, 2), new PointCodec.Point(3, 4))),
        cache.get("points", new TypeRef<List<PointCodec.Point>>() {}));
  }

  @Test
  void anotherTypeIsAnErrorThatNamesTheKey() {
    storeBytes("text", "some text");
    for (Class<?> type : List.of(
        Integer.class,
        Long.class,
        Double.class,
        Boolean.class,
        BigDecimal.class,
        PointCodec.Point.class)) {
      UnexpectedValue failure = assertThrows(UnexpectedValue.class, () -> cache.get("text", type));
      assertEquals("text", failure.key());
      assertTrue(failure.getMessage().contains("'text'"), failure.getMessage());
      assertFalse(failure.getMessage().contains("some text"), failure.getMessage());
    }
    storeBytes("large", "300");
    assertThrows(UnexpectedValue.class, () -> cache.get("large", Byte.class));
    cache.set("binary", new byte[] {-1, -2}, HOUR);
    assertThrows(UnexpectedValue.class, () -> cache.get("binary", String.class));
    assertEquals(Optional.of("some text"), cache.get("text", String.class));
  }

  @Test
  void aValueWithoutCodecIsRejected() {
    Cache plain = Cache.builder(store).build();
    IllegalArgumentException rejected = assertThrows(
        IllegalArgumentException.class, () -> plain.set("point", new PointCodec.Point(1, 2), HOUR));
    assertTrue(rejected.getMessage().contains("'point'"), rejected.getMessage());
    assertTrue(rejected.getMessage().contains("codec"), rejected.getMessage());
    assertEquals(Optional.empty(), cache.get("point", String.class));
    storeBytes("point", "1,2");
    assertThrows(UnexpectedValue.class, () -> plain.get("point", PointCodec.Point.class));
  }

  @Test
  void wrongArgumentsChangeNothing() {
    cache.set("k", "old", HOUR);
    for (Runnable wrong : List.<Runnable>of(
        () -> cache.set("k", null, HOUR),
        () -> cache.set("k", "\uD800", HOUR),
        () -> cache.set("k", "new", Duration.ZERO),
        () -> cache.set("k", "new", Duration.ofDays(4000)),
        () -> cache.set("k k", "new", HOUR),
        () -> cache.set("", "new", HOUR),
        () -> cache.setAll(Map.of("k", "new", "k k", "new"), HOUR),
        () -> cache.refreshMatching("k", Duration.ofSeconds(-1)),
        () -> cache.deleteMatching("("),
        () -> cache.deleteMatching(""),
        () -> cache.loading(String.class).expireAfter(Duration.ZERO),
        () -> cache.loading(String.class).staleFor(Cache.FOREVER),
        () -> cache.loading(String.class).expireAfter(Lifetime.MAX).staleFor(HOUR),
        () -> cache.loading(String.class).refreshEarly(-1),
        () -> cache.loading(String.class).refreshEarly(Double.NaN),
        () -> cache.app("a:b"))) {
      assertThrows(IllegalArgumentException.class, wrong::run);
    }
    assertThrows(ValueTooLarge.class, () -> cache.set("k", "x".repeat(1 << 20), HOUR));
    assertThrows(ValueTooLarge.class, () -> cache.setAll(Map.of("k", "x".repeat(1 << 20)), HOUR));
    assertEquals(Optional.of("old"), cache.get("k", String.class));
  }

  @Test
  void entriesExpire() {
    cache.set("short", "a", SHORT);
    cache.set("refreshed", "a", SHORT);
    cache.set("forever", "a", Cache.FOREVER);
    assertTrue(cache.refresh("refreshed", HOUR));
    elapse(SHORT);
    assertEquals(Optional.empty(), cache.get("short", String.class));
    assertFalse(cache.refresh("short", HOUR));
    assertFalse(cache.delete("short"));
    assertEquals(Optional.of("a"), cache.get("refreshed", String.class));
    assertEquals(Optional.of("a"), cache.get("forever", String.class));
    assertTrue(cache.delete("forever"));
  }

  @Test
  void addingStoresOnlyWhatIsAbsent() {
    assertTrue(cache.add("k", "first", HOUR));
    assertFalse(cache.add("k", "second", HOUR));
    assertEquals(Optional.of("first"), cache.get("k", String.class));
  }

  @Test
  void manyKeysAreStoredReadAndDeleted() {
    Map<String, Integer> values = new LinkedHashMap<>();
    IntStream.range(0, 500).forEach(i -> values.put("many:" + i, i));
    cache.setAll(values, HOUR);
    List<String> asked = new ArrayList<>(values.keySet());
    asked.add("absent");
    Map<String, Integer> found = cache.getAll(asked, Integer.class);
    assertEquals(values, found);
    assertEquals(new ArrayList<>(values.keySet()), new ArrayList<>(found.keySet()));
    assertEquals(500, cache.deleteAll(asked));
    assertEquals(Map.of(), cache.getAll(asked, Integer.class));
    assertEquals(Map.of(), cache.getAll(List.of(), Integer.class));
    assertEquals(0, cache.deleteAll(List.of()));
  }

  @Test
  void aCounterIsANumber() {
    assertEquals(5, cache.increment("hits", 5, HOUR));
    assertEquals(12, cache.increment("hits", 7, HOUR));
    assertEquals(9, cache.increment("hits", -3, HOUR));
    assertEquals(Optional.of(9), cache.get("hits", Integer.class));
    cache.set("set", 41, HOUR);
    assertEquals(42, cache.increment("set", 1, HOUR));
    cache.set("text", "a", HOUR);
    assertThrows(UnexpectedValue.class, () -> cache.increment("text", 1, HOUR));
  }

  @Test
  void aReplacementNeedsTheVersionThatWasRead() {
    assertEquals(Optional.empty(), cache.getVersioned("k", String.class));
    cache.set("k", "first", HOUR);
    Versioned<String> seen = cache.getVersioned("k", String.class).orElseThrow();
    assertEquals("first", seen.value());
    cache.set("k", "second", HOUR);
    assertFalse(cache.replace("k", seen.version(), "third", HOUR));
    Versioned<String> again = cache.getVersioned("k", String.class).orElseThrow();
    assertNotEquals(seen.version(), again.version());
    assertTrue(cache.replace("k", again.version(), "third", HOUR));
    assertEquals(Optional.of("third"), cache.get("k", String.class));
    cache.delete("k");
    assertFalse(cache.replace("k", again.version(), "fourth", HOUR));
  }

  @Test
  void anAppSeesItsOwnKeysOnly() {
    Cache shop = cache.app("shop");
    shop.set("tokens", "a", HOUR);
    shop.set("other", "b", HOUR);
    cache.set("shopping", "c", HOUR);
    cache.app("shopper").set("tokens", "d", HOUR);
    assertEquals("a", stored("shop:tokens"));
    assertEquals(List.of("other", "tokens"), read(shop.keys(".")));
    assertEquals(List.of("tokens"), read(shop.keys("^tok")));
    assertEquals(List.of(), read(shop.keys("shop")));
    assertEquals(Map.of("tokens", "a"), shop.getAll(List.of("tokens", "x"), String.class));
    assertEquals(1, shop.refreshMatching("^tok", HOUR));
    assertEquals(1, shop.deleteMatching("^tok"));
    shop.clear();
    assertEquals(List.of("shopper:tokens", "shopping"), read(cache.keys(".")));
    shop.close();
    assertTrue(shop.add("still", "open", HOUR));
  }

  @Test
  void anAppCountsItsOwnReads() {
    Cache shop = cache.app("shop");
    shop.get("absent", String.class);
    cache.get("absent", String.class);
    assertEquals(1, cache.app("shop").stats().misses());
    assertEquals(2, cache.stats().misses());
    cache.set("k", "a", HOUR);
    cache.getAll(List.of("k", "absent"), String.class);
    assertEquals(1, cache.stats().hits());
    assertEquals(3, cache.stats().misses());
    assertEquals(0, shop.stats().hits());
  }

  @Test
  void patternsChangeTheKeysThatMatch() {
    IntStream.range(0, 300).forEach(i -> cache.set("n:" + i, i, SHORT));
    cache.set("other", "a", HOUR);
    assertEquals(300, cache.refreshMatching("^n:", HOUR));
    elapse(SHORT);
    assertEquals(111, read(cache.keys("^n:1")).size());
    assertEquals(111, cache.deleteMatching("^n:1"));
    assertEquals(0, cache.deleteMatching("^n:1"));
    assertEquals(190, read(cache.keys(".")).size());
  }

  @Test
  void keysOfTheSystemAreHidden() {
    CacheKey reserved = ReservedKeys.of("load:a");
    store.cache().store(reserved, CacheValue.ofText("x"), Lifetime.FOREVER);
    cache.set("k", "a", HOUR);
    assertEquals(List.of("k"), read(cache.keys(".")));
    assertEquals(1, cache.deleteMatching("."));
    assertTrue(store.cache().get(reserved).isPresent());
    cache.clear();
    assertFalse(store.cache().get(reserved).isPresent());
  }

  @Test
  void aMissingValueIsLoadedOnce() {
    AtomicInteger loads = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      assertEquals(
          "loaded",
          cache.getOrLoad(
              "k", String.class, HOUR, () -> "loaded" + "".repeat(loads.incrementAndGet())));
    }
    assertEquals(1, loads.get());
    assertEquals(Optional.of("loaded"), cache.get("k", String.class));
    assertEquals(1, cache.stats().loads());
  }

  @Test
  void nothingFoundIsRememberedForATime() {
    AtomicInteger loads = new AtomicInteger();
    Loading<String> loading = cache.loading(String.class).cacheMissesFor(Duration.ofSeconds(2));
    for (int i = 0; i < 3; i++) {
      assertNull(loading.get("k", () -> {
        loads.incrementAndGet();
        return null;
      }));
    }
    assertEquals(1, loads.get());
    assertEquals(Optional.empty(), cache.get("k", String.class));
    assertEquals(Optional.empty(), cache.get("k", byte[].class));
    elapse(Duration.ofSeconds(2));
    assertEquals("now", loading.get("k", () -> "now"));
  }

  @Test
  void aLoadAcrossProcessesLeavesNoLease() {
    Loading<String> loading = cache.loading(String.class).clusterWide();
    String longest = "k".repeat(250);
    assertEquals("a", loading.get("k", () -> "a"));
    assertEquals("b", loading.get(longest, () -> "b"));
    assertEquals("a", loading.get("k", () -> "never"));
    List<CacheKey> all = new ArrayList<>();
    store
        .keyspace()
        .servers()
        .forEach(server -> store.keyspace().walk(server, info -> all.add(info.key())));
    assertEquals(2, all.size());
  }

  @Test
  void compressedValuesAreReadWithAndWithoutCompression() {
    Cache compressing =
        Cache.builder(store).compressAbove(100, Compression.zlib()).build();
    String large = "compress me ".repeat(1000);
    compressing.set("large", large, HOUR);
    compressing.set("small", "a".repeat(100), HOUR);
    assertTrue(store.cache().get(CacheKey.of("large")).orElseThrow().length() < 1000);
    assertEquals("a".repeat(100), stored("small"));
    assertEquals(Optional.of(large), compressing.get("large", String.class));
    assertEquals(Optional.of(large), cache.get("large", String.class));
    byte[] noise = new byte[200];
    new Random(1).nextBytes(noise);
    compressing.set("noise", noise, HOUR);
    assertEquals(0, store.cache().get(CacheKey.of("noise")).orElseThrow().flags());
    store.cache().store(CacheKey.of("damaged"), CacheValue.of(new byte[] {1}, 8), Lifetime.FOREVER);
    assertThrows(UnexpectedValue.class, () -> cache.get("damaged", String.class));
  }

  @Test
  void asynchronousCallsGiveTheSame() {
    AsyncCache async = cache.async();
    async.set("k", "a", HOUR).join();
    assertEquals(Optional.of("a"), async.get("k", String.class).join());
    assertEquals(Map.of("k", "a"), async.getAll(List.of("k"), String.class).join());
    assertFalse(async.add("k", "b", HOUR).join());
    assertEquals(1, async.call(on -> on.deleteMatching("^k$")).join());
    assertEquals("l", async.getOrLoad("k", String.class, HOUR, () -> "l").join());
    assertTrue(async.get("bad key", String.class).isCompletedExceptionally()
        || async
            .get("bad key", String.class)
            .handle((value, failure) -> failure != null)
            .join());
  }
}
