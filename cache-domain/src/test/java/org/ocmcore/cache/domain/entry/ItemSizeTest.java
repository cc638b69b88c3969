package org.ocmcore.cache.domain.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.key.CacheKey;

class ItemSizeTest {
  @Test
  void sizeIsHeaderCasKeyFlagsAndValue() {
    // 48 header + 8 CAS + 1 key + 1 NUL + 0 value + 2 CR LF
    assertEquals(60, ItemSize.of(CacheKey.of("k"), CacheValue.of(new byte[0], 0)));
    // 48 header + 8 CAS + 1 key + 1 NUL + 4 flags + 100 value + 2 CR LF
    assertEquals(164, ItemSize.of(CacheKey.of("k"), CacheValue.of(new byte[100], 1)));
    // 48 header + 8 CAS + 250 key + 1 NUL + 4 flags + 1,048,263 value + 2 CR LF
    assertEquals(
        ItemSize.DEFAULT_MAX,
        ItemSize.of(CacheKey.of("k".repeat(250)), CacheValue.of(new byte[1_048_263], 1)));
  }

  @Test
  void keysCountInBytes() {
    CacheValue value = CacheValue.of(new byte[0], 0);
    assertEquals(63, ItemSize.of(CacheKey.of("🔑"), value));
    assertEquals(63, new CacheEntry(CacheKey.of("🔑"), value, Expiry.NEVER).size());
  }
}
