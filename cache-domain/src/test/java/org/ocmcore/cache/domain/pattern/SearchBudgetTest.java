package org.ocmcore.cache.domain.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.key.CacheKey;

class SearchBudgetTest extends KeyPatternFixture {
  @Test
  void threadsOfARequestShareOneBound() {
    KeyPattern.Search search = KeyPattern.of("a*a*a*(?=b)").search();
    CacheKey key = CacheKey.of("a".repeat(40));
    List<KeyPattern.Search> forks = List.of(search, search.fork(), search.fork().fork());
    int keys = 0;
    try {
      while (keys < 1_000_000) {
        forks.get(keys % 3).finds(key);
        keys++;
      }
    } catch (PatternTooCostly stopped) {
      assertTrue(forks.get(0).left() < 2_000_000, forks.get(0).left() + " left");
    }
    assertTrue(keys > 100 && keys < 10_000, keys + " keys");
  }

  @Test
  void unusedStepsOfOneThreadServeTheOthers() {
    KeyPattern.Search search = KeyPattern.of("ab").search();
    KeyPattern.Search other = search.fork();
    CacheKey key = CacheKey.of("a".repeat(250));
    for (int i = 0; i < 20_000; i++) {
      search.finds(key);
    }
    assertTrue(other.left() > KeyPattern.STEPS_PER_REQUEST + 50_000_000);
  }

  /** For any pattern and any number of keys. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(\\X+)+z",
        "(?=\\X).*z(?!q)",
        "(?U)(\\w+:?)+z",
        "(\\R|.)+z",
        "(?>.)+z",
        "(?<n>.)(?:\\k<n>|)z?",
        "(?=(.+)+z)q",
        "\\N{LATIN SMALL LETTER Z}+(?=q)",
        "(?iu)(é|.)\\1?z"
      })
  void theWorkOfARequestIsBounded(String regex) {
    KeyPattern.Search search = KeyPattern.of(regex).search();
    long most = KeyPattern.STEPS_PER_REQUEST + KeyPattern.MOST_STEPS_GRANTED;
    long spent = 0;
    try {
      for (int i = 0; i < 3_000_000; i++) {
        long before = search.left();
        search.finds(CacheKey.of("user:profile:" + i));
        spent += Math.max(0, before - search.left());
      }
    } catch (PatternTooCostly stopped) {
      assertTrue(search.left() < 2_000_000, search.left() + " left");
    }
    assertTrue(spent <= most, spent + " spent");
  }

  @Test
  void aDeeplyNestedPatternIsRefusedOrAnswered() {
    assertQuick(() -> {
      isAnswered("(".repeat(499) + "a" + ")".repeat(499));
      isAnswered("(".repeat(330) + "a" + ")*".repeat(330));
    });
    assertRefused("(".repeat(1_000));
    assertRefused("(?:".repeat(199) + "a" + "*)".repeat(199) + "b(?!c)");
  }

  @Test
  void aRefusalNamesPatternAndKey() {
    String message = assertThrows(
            PatternTooCostly.class, () -> finds("(.*a){25}(?!.)", "a".repeat(99)))
        .getMessage();
    assertTrue(message.contains("\"(.*a){25}(?!.)\""), message);
    assertTrue(message.contains("a".repeat(99)), message);
  }

  @Test
  void manyCostlyKeysExhaustTheRequest() {
    KeyPattern cubic = KeyPattern.of("a*a*a*(?=b)");
    CacheKey key = CacheKey.of("a".repeat(40));
    KeyPattern.Search search = cubic.search();
    long keys = 0;
    assertFalse(cubic.search().finds(key));
    try {
      while (keys < 1_000_000) {
        search.finds(key);
        keys++;
      }
    } catch (PatternTooCostly stopped) {
      assertTrue(keys > 10 && keys < 1_000, keys + " keys");
    }
    assertTrue(keys < 1_000_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".*foo", ".*-old$", ".*:x$", ".*.*?foo", ".+:.+:", ".+-old$", "(?s).*foo", "(.*)x"
      })
  void anOrdinaryPatternSpendsOnlyWhatKeysGrant(String regex) {
    KeyPattern pattern = KeyPattern.of(regex);
    for (String text : List.of(
        "session:0123456789abcdefghijklmnopqr",
        "a".repeat(36),
        "-".repeat(36),
        "long:0123456789abcdefghijklmnopqrstuvwxyz:0123456789abcdefghijkl")) {
      KeyPattern.Search search = pattern.search();
      search.finds(CacheKey.of(text));
      assertTrue(search.left() >= KeyPattern.STEPS_PER_REQUEST, text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".*b",
        ".*?b",
        ".*",
        ".*?",
        ".*^a",
        ".*$",
        ".*.*b",
        ".*|b",
        ".*b|c",
        ".*(b|c)",
        ".*+b",
        ".*?+b",
        ".*{2}b",
        ".*\\Gb",
        ".*(?<=a)b",
        ".*(?<!a)b",
        ".*\\bb",
        "(?s).*b",
        ".*(?s)\n.b",
        ".*[|]b",
        ".*\\|b",
        ".*\\Q|\\Eb",
        ".*(a)\\1",
        ".*?.*?b$",
        ".*(?i)B",
        ".*[^a]$",
        "\\Q.*\\Eb",
        ".*🔑"
      })
  void leadingDotsChangeNoAnswer(String regex) {
    for (String text : List.of(
        "a", "b", "ab", "ba", "aab", "c", "a\nb", "b\n", "\n", "a\r\nxb", "|b", ".*b", "🔑")) {
      boolean expected;
      try {
        expected = Pattern.compile(regex).matcher(text).find();
      } catch (PatternSyntaxException e) {
        assertThrows(InvalidPattern.class, () -> KeyPattern.of(regex));
        continue;
      }
      CacheKey key = CacheKey.ofBytes(text.getBytes(StandardCharsets.UTF_8));
      assertEquals(expected, KeyPattern.of(regex).search().finds(key), regex + " in " + text);
      assertEquals(regex, KeyPattern.of(regex).toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1000000", "30, 1000000", "250, 200000"})
  void plainPatternSearchesManyKeysOfAnyLength(int length, int keys) {
    CacheKey key = CacheKey.of("a".repeat(length));
    KeyPattern.Search search = KeyPattern.of("[ab]c").search();
    for (int i = 0; i < keys; i++) {
      assertFalse(search.finds(key));
    }
  }

  @Test
  void theMostStepsCanBeSet() {
    CacheKey key = CacheKey.of("a".repeat(200));
    KeyPattern pattern = KeyPattern.of("(?=.*z)x");
    assertFalse(pattern.search().finds(key));
    KeyPattern limited = pattern.limitedTo(3_000);
    assertThrows(PatternTooCostly.class, () -> limited.search().finds(key));
    assertEquals(pattern.toString(), limited.toString());
    assertTrue(
        pattern.limitedTo(1_000_000_000_000L).search().left() > pattern.search().left());
  }
}
