package org.ocmcore.cache.domain.pattern;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;

class PatternCostTest extends KeyPatternFixture {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "session",
        "^user:(\\d+)(:(profile|session|token))?$",
        "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        "(?<!tmp:)\\d{1,10}$",
        "(?<=user:|session:)\\d+",
        "(?=.*foo)(?=.*bar)",
        "^(?!tmp:|test:).*",
        "[({]{5}",
        "\\p{L}{3}",
        "\\Q(\\E",
        "\\Q({\\E{5}",
        "[a[b]]{3}",
        "[]a]{3}",
        "[^]a]{3}",
        "[a&&[^b]]{3}",
        "[\\]\\[(){9}]{3}",
        "\\x{41}{1000}",
        "\\c[(a){3}",
        "(?-x)a",
        "(?i:a)(?s-m:b)",
        "(?<n>a{2,})b",
        "a{2}+b{1,}?c{3,4}+",
        "(?:\\d{1,3}\\.){3}\\d{1,3}",
        "^(a|b|c|d|e|f|g|h|i|j|k|l):"
      })
  void anOrdinaryPatternHasWeightOne(String regex) {
    assertEquals(1, KeyPattern.of(regex).weight());
  }

  /** These take several times as long as others in the same number of steps. */
  @ParameterizedTest
  @CsvSource({
    "(\\X+)+z, 7",
    "(?=\\X\\Xz), 4",
    "(?=(\\R|.)+z), 3",
    "(?=\\p{L}z), 2",
    "(?U)(?=\\wz), 2",
    "(?U:(?=\\dz)), 2",
    "(?=[\\p{L}]z), 2",
    "(?=[a\\P{L}\\p{N}]z), 3",
    "(?U)(?=[\\w]z), 2",
    "(?=[\\w\\\\p]z), 1",
    "(?=\\wz), 1"
  })
  void aPropertyOfCharactersWeighsMore(String regex, long weight) {
    assertEquals(weight, KeyPattern.of(regex).weight());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(.*a){25}(?!.)",
        "(a+a+)+\\1c",
        "((((((((((((a*)*)*)*)*)*)*)*)*)*)*)*b",
        "(a*)*(a*)*(a*)*x(?!c)",
        "(a*)\\1*(a*)\\2*x",
        "(a?){250}a{250}b(?!c)",
        "(a?){2000000000}",
        "(){1000000000}",
        "((){1000}){1000}",
        "((){40000}){40000}",
        "a{2}{1000000000}",
        "^{1000000000}",
        "$?{1000000000}",
        "(?:){1000000000}+b",
        "(a)?\\1{1000000000}",
        "(?<n>)\\k<n>{99999999}",
        "()()()()()()()()()()()\\11{1000000000}",
        "(?=a){1000000000}b",
        "(🔑{0}){1000000000}(?!)",
        "(\\x61{0}){1000000000}(?!)",
        "(\\u0061{0}){1000000000}(?!)",
        "(\\0141{0}){1000000000}(?!)",
        "()\\Q\\E{1000000000}",
        "\\c[(){1000000000}|]",
        "[]a](){1000000000}",
        "[^]a](){1000000000}|(){1000000000}",
        "^(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(?!)",
        "^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?^?(?!)",
        "\\z(a?|b)*(a?|b)*(a?|b)*(a?|b)*(a?|b)*(a?|b)*(a?|b)*(a?|b)*(a?|b)*(a?|b)*(a?|b)*(a?|b)*"
            + "(a?|b)*(a?|b)*(a?|b)*(a?|b)*(a?|b)*(a?|b)*(a?|b)*(a?|b)*(a?|b)*(a?|b)*(a?|b)*(?!)",
        "(?<=(?<=(?<=(?<=(?<=(?!)a{0,250})a{0,250})a{0,250})a{0,250})a{0,250})",
        "(?=(?=(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(?!))|b)"
      })
  void anExplodingPatternIsRefused(String regex) {
    assertRefused(regex);
  }

  /** Java remembers where some of these have failed, so they may be cheap. */
  @ParameterizedTest
  @ValueSource(
      strings = {"^(a+)+$", "^(a+)+b", "(a|aa)+$", "(a|aa)+b", "(.*)*x", "(?:a|a?)+b", "(a+)*\\1b"})
  void explosivePatternIsRefusedOrAnsweredQuickly(String regex) {
    assertQuick(() -> isAnswered(regex, "a".repeat(249) + "c"));
    assertQuick(() -> isAnswered(regex, "a".repeat(250)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(.*a){25}$",
        "(a+)+$",
        "(a+a+)+c",
        "(a|aa)+$",
        "(a*)*(a*)*(a*)*x",
        "(a?){250}a{250}b",
        "a*a*a*b",
        "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)c",
        "(((a*)*)*)*b"
      })
  void aRegularPatternIsLinear(String regex) {
    KeyPattern pattern = KeyPattern.of(regex);
    assertTrue(pattern.isLinear());
    KeyPattern.Search search = pattern.search();
    CacheKey key = CacheKey.of("a".repeat(250));
    assertQuick(() -> {
      for (int i = 0; i < 10_000; i++) {
        search.finds(key);
      }
    });
    assertTrue(search.left() >= KeyPattern.STEPS_PER_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[ab]{0,9}a.{14}$", "(ж|é|.)*a.{12}$", "[^a].{1,200}a.{100}b"})
  void aFullTableChangesNoAnswer(String regex) {
    KeyPattern.Search search = KeyPattern.of(regex).search();
    Pattern java = Pattern.compile(regex);
    Random random = new Random(20_261_123);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int letters = 1 + random.nextInt(100); letters > 0; letters--) {
        text.append("aabbcж".charAt(random.nextInt(6)));
      }
      assertEquals(java.matcher(text).find(), search.finds(CacheKey.of(text.toString())));
    }
  }

  @Test
  void moreSymbolsThanFitChangeNoAnswer() {
    StringBuilder regex = new StringBuilder("^(");
    for (char letter = 'А'; letter < 'А' + 120; letter++) {
      regex.append(letter).append(letter).append('|');
    }
    KeyPattern.Search search = KeyPattern.of(regex.append("x)+$").toString()).search();
    for (int round = 0; round < 3; round++) {
      for (char letter = 'А'; letter < 'А' + 119; letter++) {
        String twice = String.valueOf(letter).repeat(2);
        String next = String.valueOf((char) (letter + 1)).repeat(2);
        assertTrue(search.finds(CacheKey.of(twice + next + twice)));
        assertFalse(search.finds(CacheKey.of(twice + next + letter)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "^user: user:",
        "\\Auser: user:",
        "^user:\\d+ user:",
        "^user\\.x user.x",
        "^\\Qa.b\\Ec a.bc",
        "^a\\x{62}c abc",
        "^a\\x62\\u0063 abc",
        "^ab? a",
        "^ab* a",
        "^ab+ ab",
        "^ab{2} abb",
        "^ab{2,}c abb",
        "^ab{0} a",
        "^ab{2}{0} a",
        "^user:(?!1) user:",
        "^caf\u00e9 caf",
        "^ab$ ab",
        "^a(b) a"
      })
  void aPrefixIsARange(String regex, String prefix) {
    KeyRange range = KeyPattern.of(regex).range();
    KeyRange expected = KeyRange.prefix(prefix.getBytes(StandardCharsets.UTF_8));
    assertArrayEquals(expected.from(), range.from());
    assertArrayEquals(expected.to(), range.to());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"user:", "^a|b", "(?i)^a", "^(?i)a", "^?a", "^*a", "^a*", "^é", "(^a)", "^^a"})
  void aPatternWithoutPrefixCoversAllKeys(String regex) {
    KeyRange range = KeyPattern.of(regex).range();
    assertArrayEquals(new byte[0], range.from());
    assertTrue(range.isOpen());
  }
}
