package org.ocmcore.cache.domain.access;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.InvalidPattern;

class HiddenValuesTest {
  @Test
  void keysInWhichThePatternIsFoundAreHidden() {
    HiddenValues hidden = HiddenValues.of("^session:|token");
    assertTrue(hidden.hides(CacheKey.of("session:1")));
    assertTrue(hidden.hides(CacheKey.of("a:token:b")));
    assertTrue(hidden.hides(CacheKey.ofBytes(new byte[] {'t', 'o', 'k', 'e', 'n', (byte) 0xff})));
    assertFalse(hidden.hides(CacheKey.of("a:session:1")));
  }

  @Test
  void nothingIsHiddenWithoutAPattern() {
    assertFalse(HiddenValues.of("").hides(CacheKey.of("session:1")));
  }

  @Test
  void whatCostsTooMuchToFindOutIsHidden() {
    assertTrue(HiddenValues.of("a*a*a*a*(?=b)").hides(CacheKey.of("a".repeat(250))));
  }

  @Test
  void aWrongPatternIsRefused() {
    assertThrows(InvalidPattern.class, () -> HiddenValues.of("("));
  }
}
