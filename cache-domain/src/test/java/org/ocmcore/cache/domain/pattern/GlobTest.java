package org.ocmcore.cache.domain.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.key.CacheKey;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "user:*, user:1, true",
    "user:*, user:, true",
    "user:*, superuser:1, false",
    "user:*, superuser1, false",
    "*:cart:?, a:cart:7, true",
    "*:cart:?, a:cart:77, false",
    "a.b, a.b, true",
    "a.b, axb, false",
    "k[0-9], k7, true",
    "k[0-9], kx, false",
    "k[!0-9], kx, true",
    "k[^0-9], k7, false",
    "k[]x], k], true",
    "k[a^], k^, true",
    "k[&&a], k&, true",
    "k\\*, k*, true",
    "k\\*, kk, false",
    "k\\[1], k[1], true",
    "k|x, k|x, true",
    "k|x, k, false",
    "(a), (a), true",
    "gr??e, grüße, true",
    "*, anything, true",
    "a+b, a+b, true",
    "a$, a$, true",
    "{a}, {a}, true"
  })
  void aGlobMatchesWholeKeys(String glob, String key, boolean isFound) {
    assertEquals(isFound, KeyPattern.ofGlob(glob).search().finds(CacheKey.of(key)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k[", "k[]", "k[!]", "k\\"})
  void aBrokenGlobIsRejected(String glob) {
    assertThrows(InvalidPattern.class, () -> KeyPattern.ofGlob(glob));
  }

  @ParameterizedTest
  @CsvSource({"user:*, true", "*, true", "user*:*, false", "user:, false", "user:\\*, false"})
  void aGlobOfAPrefixIsARange(String glob, boolean isRange) {
    assertEquals(isRange, KeyPattern.ofGlob(glob).isRange());
  }

  @Test
  void aGlobIsShownAsItWasGiven() {
    assertEquals("user:*", KeyPattern.ofGlob("user:*").toString());
  }

  @ParameterizedTest
  @CsvSource({"user:*, ^user:", "user?, ^user.$", "*x, x$", "*x*, x", "a*b, ^a.*b$"})
  void whatLooksLikeAGlobIsRecognised(String pattern, String regex) {
    assertEquals(Optional.of(regex), Glob.meant(pattern));
  }

  @ParameterizedTest
  @ValueSource(strings = {"user:.*", "^user:*", "user:", "a(b)*", "[ab]*", "a\\*", "x+", "a.b*"})
  void otherExpressionsAreClear(String pattern) {
    assertEquals(Optional.empty(), Glob.meant(pattern));
  }
}
