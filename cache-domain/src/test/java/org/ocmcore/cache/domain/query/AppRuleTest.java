package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.InvalidPattern;

class AppRuleTest {
  private static String app(AppRule rule, String key) {
    return app(rule, CacheKey.of(key));
  }

  private static String app(AppRule rule, CacheKey key) {
    return rule.finder().appOf(key).name();
  }

  private static CacheKey latin(String key) {
    return CacheKey.ofBytes(key.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource({
    "shop:cart:1, shop",
    "shop:, shop",
    "shop, global",
    "shop.cart, global",
    ":shop, global",
    "::shop, global",
    "global:x, global",
    "магазин:1, магазин"
  })
  void byDefaultTheFirstColonEndsTheName(String key, String app) {
    assertEquals(app, app(AppRule.DEFAULT, key));
  }

  @ParameterizedTest
  @CsvSource({
    "shop:cart.1, shop",
    "shop.cart:1, shop",
    "shop|1, shop",
    "shop-1, global",
    ".shop:1, global",
    "global|1, global",
    "ä.b, ä"
  })
  void theFirstOfAllSeparatorsEndsTheName(String key, String app) {
    assertEquals(app, app(AppRule.ofSeparators(".:|"), key));
  }

  @Test
  void keysWithoutTextBeforeTheSeparatorAreGlobal() {
    assertEquals("global", app(AppRule.DEFAULT, latin("\u00ffa:b")));
    assertEquals("\\xffa", app(AppRule.DEFAULT, "\\xffa:b"));
    assertEquals("\u00e4", app(AppRule.DEFAULT, latin("\u00c3\u00a4:\u00ff")));
  }

  @ParameterizedTest
  @CsvSource({
    "':1:users', users",
    "':1:users:7', users",
    "'prefix:12:ä:7', ä",
    "'users:7', global",
    "':1:', global",
    "':1::x', global",
    "':1:global', global"
  })
  void thePatternsFirstGroupIsTheApp(String key, String app) {
    assertEquals(app, app(AppRule.ofPattern("^[a-z]*:\\d+:([^:]*)"), key));
  }

  @Test
  void thePatternIsFoundAnywhere() {
    assertEquals("shop", app(AppRule.ofPattern("app=(\\w+)"), "x;app=shop;app=other"));
    assertEquals("c", app(AppRule.ofPattern("^.*(\\w)"), "abc"));
  }

  @Test
  void groupsThatTakeNoPartAreGlobal() {
    AppRule rule = AppRule.ofPattern("^(?:a(.)|b(.))");
    assertEquals("1", app(rule, "a1"));
    assertEquals("global", app(rule, "b1"));
  }

  @Test
  void groupsOfKeysWithoutTextMustBeText() {
    AppRule rule = AppRule.ofPattern("^([^:]+):");
    assertEquals("\u00e4", app(rule, latin("\u00c3\u00a4:\u00ff")));
    assertEquals("global", app(rule, latin("\u00ff:\u00ff")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", ":0", ": ", "·", "\t"})
  void separatorsArePunctuation(String separators) {
    String message = assertThrows(
            IllegalArgumentException.class, () -> AppRule.ofSeparators(separators))
        .getMessage();
    assertTrue(message.contains("punctuation"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "(", "abc", "(?:a)", "(?<=a)", "(.*)(.*)(.*)x"})
  void invalidAndCostlyPatternsAreRefused(String regex) {
    assertThrows(InvalidPattern.class, () -> AppRule.ofPattern(regex));
  }

  @Test
  void aCostlyKeyBelongsToNoAppAndConcernsNoOther() {
    // Repeats of a single character do not show the cost.
    AppFinder finder = AppRule.ofPattern("^" + "((?:ab)*)".repeat(5) + "x").finder();
    for (int i = 0; i < 500; i++) {
      assertEquals(AppName.GLOBAL, finder.appOf(CacheKey.of("ab".repeat(100))));
      assertEquals("ab", finder.appOf(CacheKey.of("abx")).name());
    }
  }

  @Test
  void separatorsMayRepeat() {
    AppRule rule = AppRule.ofSeparators("::");
    assertTrue(rule.isRange(AppScope.of(Set.of(new AppName("a")))));
    assertEquals("a", app(rule, "a:b"));
  }
}
