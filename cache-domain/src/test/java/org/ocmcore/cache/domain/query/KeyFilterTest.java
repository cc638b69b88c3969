package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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

  @Test
  void oneWithAnyConditionIsNotAll() {
    assertTrue(KeyFilter.ALL.isAll());
    assertFalse(KeyFilter.matching(KeyPattern.of("^")).isAll());
    assertFalse(KeyFilter.ALL.with(new AppName("a")).isAll());
    assertFalse(KeyFilter.ALL.on("a:1").isAll());
    assertFalse(KeyFilter.startingWith(KeyBytes.of("a")).isAll());
    assertFalse(KeyFilter.ALL.within(AppScope.of(Set.of(new AppName("a")))).isAll());
  }

  @Test
  void everyConditionIsOne() {
    OptionalLong size = OptionalLong.of(1);
    Optional<Duration> time = Optional.of(Duration.ofSeconds(9));
    OptionalLong none = OptionalLong.empty();
    Optional<Duration> no = Optional.empty();
    List<KeyCriteria> single = List.of(
        new KeyCriteria(size, none, no, no, false, no, no, false),
        new KeyCriteria(none, size, no, no, false, no, no, false),
        new KeyCriteria(none, none, time, no, false, no, no, false),
        new KeyCriteria(none, none, no, time, false, no, no, false),
        new KeyCriteria(none, none, no, no, true, no, no, false),
        new KeyCriteria(none, none, no, no, false, time, no, false),
        new KeyCriteria(none, none, no, no, false, no, time, false),
        new KeyCriteria(none, none, no, no, false, no, no, true));
    assertEquals(KeyCriteria.class.getRecordComponents().length, single.size());
    for (KeyCriteria criteria : single) {
      assertFalse(criteria.isAny(), criteria.toString());
      assertFalse(KeyFilter.ALL.with(criteria).isAll(), criteria.toString());
    }
    assertTrue(KeyCriteria.ANY.isAny());
  }
}
