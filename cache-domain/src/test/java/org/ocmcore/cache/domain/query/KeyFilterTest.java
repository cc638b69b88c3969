package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.pattern.KeyPattern;

class KeyFilterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "^ true",
        ". true",
        ".* true",
        "^.+$ true",
        "a* true",
        "(?s).{2} true",
        "[^\\n] true",
        "x|.* true",
        "a false",
        "^user: false",
        "[a-z] false",
        "\\w false",
        "[^:] false",
        "^$ false",
        ".{200} false"
      })
  void aPatternMayPassEverything(String pattern, boolean expected) {
    assertEquals(expected, KeyFilter.matching(KeyPattern.of(pattern)).passesEverything(), pattern);
  }

  @Test
  void anyOtherConditionIsOne() {
    KeyFilter pattern = KeyFilter.matching(KeyPattern.ofGlob("*"));
    assertEquals(true, pattern.passesEverything());
    assertEquals(true, KeyFilter.ALL.passesEverything());
    assertEquals(false, pattern.with(new AppName("a")).passesEverything());
    assertEquals(false, pattern.on("a:1").passesEverything());
    assertEquals(false, KeyFilter.startingWith(KeyBytes.of("a")).passesEverything());
  }

  @Test
  void aGlobIsToldFromARegularExpression() {
    assertEquals("glob 'a*'", KeyFilter.matching(KeyPattern.ofGlob("a*")).toString());
    assertEquals("pattern 'a*'", KeyFilter.matching(KeyPattern.of("a*")).toString());
  }

  @Test
  void theAppsOfACallerStandBehindTheOtherWords() {
    AppScope shop = AppScope.of(List.of(new AppName("shop")));
    assertEquals("any name, of the apps shop", KeyFilter.ALL.within(shop).toString());
    assertEquals(
        "prefix 'a', of the apps shop",
        KeyFilter.startingWith(KeyBytes.of("a")).within(shop).toString());
  }
}
