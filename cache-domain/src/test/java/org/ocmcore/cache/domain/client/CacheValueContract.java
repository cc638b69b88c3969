package org.ocmcore.cache.domain.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.UnexpectedValue;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Store;

/** How {@link Cache} stores and reads values of each type, and what it rejects. */
abstract class CacheValueContract {
  static final Duration HOUR = Duration.ofHours(1);

  Store store;
  Cache cache;

  /** An empty store, which the subclass closes. */
  protected abstract Store createStore();

  /** Builds the cache; a subclass may add settings. */
  protected CacheBuilder builder(Store empty) {
    return Cache.builder(empty);
  }

  @BeforeEach
  void buildCache() {
    store = createStore();
    cache = builder(store).codec(new PointCodec()).build();
  }

  private void storeBytes(String key, String bytes) {
    store.cache().store(CacheKey.of(key), CacheValue.ofText(bytes), Lifetime.ofSeconds(100));
  }

  String stored(String key) {
    CacheValue value = store.cache().get(CacheKey.of(key)).orElseThrow();
    return new String(value.bytes(), StandardCharsets.UTF_8);
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
}
