package org.ocmcore.cache.zstd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.Compression;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.UnexpectedValue;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Store;

final class ZstdCompressionTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String TEXT = "the same words again and again. ".repeat(1_000);

  private final ZstdCompression zstd = ZstdCompression.create();
  private final Store store = MemoryStore.open();

  private static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private IllegalArgumentException failsToRead(byte[] compressed) {
    return assertThrows(IllegalArgumentException.class, () -> zstd.decompress(compressed));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 65_536, 1_000_000})
  void bytesComeBack(int size) {
    for (byte[] bytes : List.of(new byte[size], randomBytes(size))) {
      assertArrayEquals(bytes, zstd.decompress(zstd.compress(bytes)));
    }
  }

  @Test
  void everyLevelReadsAllOthers() {
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    for (int level : List.of(1, 3, 22)) {
      byte[] compressed = ZstdCompression.level(level).compress(bytes);
      assertTrue(compressed.length < bytes.length / 100);
      assertArrayEquals(bytes, zstd.decompress(compressed));
    }
    for (int level : List.of(0, -1, 23)) {
      assertThrows(IllegalArgumentException.class, () -> ZstdCompression.level(level));
    }
  }

  @Test
  void flagsAreInTheUpperHalf() {
    assertEquals(0, zstd.flags() & 0xFFFF);
    assertEquals(zstd.flags(), zstd.flags() & 0xFFFF_FFFFL);
  }

  @Test
  void cutOffBytesAreErrors() {
    byte[] compressed = zstd.compress(TEXT.getBytes(StandardCharsets.UTF_8));
    for (int length = 0; length < compressed.length; length++) {
      failsToRead(Arrays.copyOf(compressed, length));
    }
  }

  @Test
  void changedBytesNeverGiveOthers() {
    byte[] bytes = TEXT.substring(0, 500).getBytes(StandardCharsets.UTF_8);
    byte[] compressed = zstd.compress(bytes);
    for (int bit = 0; bit < 8 * compressed.length; bit++) {
      byte[] damaged = compressed.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      byte[] read = null;
      try {
        read = zstd.decompress(damaged);
      } catch (IllegalArgumentException detected) {
        continue;
      }
      // An unused bit of the header.
      assertArrayEquals(bytes, read, "bit " + bit);
    }
  }

  @Test
  void trailingBytesAreErrors() {
    byte[] compressed = zstd.compress(TEXT.getBytes(StandardCharsets.UTF_8));
    failsToRead(Arrays.copyOf(compressed, compressed.length + 1));
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    twice.writeBytes(compressed);
    twice.writeBytes(compressed);
    failsToRead(twice.toByteArray());
  }

  @Test
  void otherBytesAreErrors() {
    failsToRead(TEXT.getBytes(StandardCharsets.UTF_8));
    failsToRead(randomBytes(1_000));
    failsToRead(Compression.zlib().compress(TEXT.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theLargestSizeIsRead() {
    byte[] compressed = Zstd.compress(new byte[Compression.MAX_SIZE]);
    assertEquals(Compression.MAX_SIZE, zstd.decompress(compressed).length);
  }

  @Test
  void bombsAreErrors() {
    byte[] bomb = Zstd.compress(new byte[Compression.MAX_SIZE + 1]);
    assertTrue(failsToRead(bomb).getMessage().contains("larger than 67108864 bytes"));
    // Claims to be small.
    byte[] lying = zstd.compress(new byte[100_000]);
    Arrays.fill(lying, 5, 9, (byte) 0);
    failsToRead(lying);
  }

  @Test
  void framesWithoutSizeAreErrors() {
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      byte[] compressed =
          context.setContentSize(false).compress(TEXT.getBytes(StandardCharsets.UTF_8));
      assertTrue(failsToRead(compressed).getMessage().contains("size"));
    }
  }

  @Test
  void largeValuesOfACacheAreCompressed() {
    try (Cache cache = Cache.builder(store).compressAbove(100, zstd).build()) {
      cache.set("large", TEXT, HOUR);
      cache.set("small", "text", HOUR);
      cache.set("random", randomBytes(1_000), HOUR);
      assertEquals(zstd.flags(), flags("large"));
      assertTrue(store.cache().get(CacheKey.of("large")).orElseThrow().length() < 1_000);
      assertEquals(0, flags("small"));
      assertEquals(0, flags("random"));
      assertEquals(Optional.of(TEXT), cache.get("large", String.class));
      assertEquals(Optional.of("text"), cache.get("small", String.class));
      assertArrayEquals(randomBytes(1_000), cache.get("random", byte[].class).orElseThrow());
    }
  }

  private long flags(String key) {
    return store.cache().get(CacheKey.of(key)).orElseThrow().flags();
  }

  @Test
  void valuesOfAnEarlierSettingAreRead() {
    try (Cache zlib = Cache.builder(store).compressAbove(0, Compression.zlib()).build()) {
      zlib.set("k", TEXT, HOUR);
      Cache changed = Cache.builder(store).compressAbove(0, zstd).build();
      assertEquals(Optional.of(TEXT), changed.get("k", String.class));
    }
  }

  @Test
  void damagedValuesNameTheirKey() {
    try (Cache cache = Cache.builder(store).compressAbove(0, zstd).build()) {
      cache.set("k", TEXT, HOUR);
      byte[] damaged = store.cache().get(CacheKey.of("k")).orElseThrow().bytes();
      damaged[damaged.length - 1] ^= 1;
      store.cache().store(CacheKey.of("k"), CacheValue.of(damaged, zstd.flags()), Lifetime.FOREVER);
      UnexpectedValue failure =
          assertThrows(UnexpectedValue.class, () -> cache.get("k", String.class));
      assertEquals("k", failure.key());
      assertTrue(failure.getMessage().contains("damaged"), failure.getMessage());
    }
  }
}
