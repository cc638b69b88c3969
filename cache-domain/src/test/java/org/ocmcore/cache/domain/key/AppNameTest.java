package org.ocmcore.cache.domain.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppNameTest {
  @ParameterizedTest
  @CsvSource({
    "shop:cart:1, shop",
    "shop:, shop",
    "shop, global",
    ":shop, global",
    "::shop, global",
    "global:x, global",
    "магазин:1, магазин"
  })
  void appIsTheTextBeforeTheFirstColon(String key, String app) {
    assertEquals(new AppName(app), AppName.of(CacheKey.of(key)));
  }

  @Test
  void keysWithoutTextBeforeTheColonAreGlobal() {
    CacheKey noText = CacheKey.ofBytes(new byte[] {(byte) 0xff, 'a', ':', 'b'});
    assertEquals(AppName.GLOBAL, AppName.of(noText));
    assertEquals(new AppName("\\xffa"), AppName.of(CacheKey.of("\\xffa:b")));
  }

  @Test
  void whatFollowsTheColonDoesNotMatter() {
    CacheKey key = CacheKey.ofBytes(new byte[] {(byte) 0xc3, (byte) 0xa4, ':', (byte) 0xff});
    assertEquals(new AppName("ä"), AppName.of(key));
    assertTrue(AppName.of(CacheKey.of("ä:1")).owns(key));
  }

  @Test
  void anAppOwnsItsKeysAndNoOthers() {
    AppName shop = new AppName("shop");
    assertTrue(shop.owns(CacheKey.of("shop:1")));
    assertFalse(shop.owns(CacheKey.of("shop2:1")));
    assertFalse(shop.owns(CacheKey.of("sho:1")));
    assertFalse(shop.owns(CacheKey.of("shop")));
    assertTrue(AppName.GLOBAL.owns(CacheKey.of("shop")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "a:", ":a", "a:b"})
  void nameIsNotEmptyWithoutColon(String name) {
    assertThrows(IllegalArgumentException.class, () -> new AppName(name));
  }

  @Test
  void aNameFitsIntoAKey() {
    assertEquals(249, new AppName("a".repeat(249)).name().length());
    for (String name : List.of("a".repeat(250), "é".repeat(125), "\ud800")) {
      assertThrows(IllegalArgumentException.class, () -> new AppName(name));
    }
  }

  @Test
  void appsAreOrderedByName() {
    assertEquals(
        List.of("a", "ab", "b"),
        Stream.of("b", "ab", "a")
            .map(AppName::new)
            .sorted()
            .map(AppName::toString)
            .toList());
  }
}
