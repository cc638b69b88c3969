package org.ocmcore.cache.domain.pattern;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;

class KeyPatternTest {
  private static boolean finds(String regex, String key) {
    return KeyPattern.of(regex).search().finds(CacheKey.of(key));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "session user:1:session:9 true",
        "^user user:1 true",
        "^1 user:1 false",
        "user$ user:1 false",
        "1$ user:1 true",
        "\\d{2} user:1 false",
        "(?i)USER user:1 true",
        "клю.$ мой:ключ true",
        "^.$ 🔑 true",
        "\\Qr:\\E\\d user:1 true",
        "\\Q(\\E user(1) true",
        "\\Q.*\\E user:1 false",
        "a\\Qbc\\E+$ abccc true",
        "[\\Q]^\\E]$ user] true",
        "(?<n>\\d)\\k<n> user:11 true",
        "(\\d)\\1 user:12 false",
        "(?<=user:)1 user:1 true",
        "(?<!user:)1 user:1 false"
      })
  void aPatternIsFoundAnywhereInAKey(String regex, String key, boolean found) {
    assertEquals(found, finds(regex, key));
    assertEquals(regex, KeyPattern.of(regex).toString());
  }

  @Test
  void bytesOfNonTextKeysAreCharacters() {
    CacheKey key = CacheKey.ofBytes(new byte[] {'a', (byte) 0xff, 'b'});
    assertTrue(KeyPattern.of("^a\\xffb$").search().finds(key));
    assertTrue(KeyPattern.of("^a.b$").search().finds(key));
  }

  @Test
  void invalidPatternIsRefusedWithReasonAndPosition() {
    InvalidPattern group = assertThrows(InvalidPattern.class, () -> KeyPattern.of("ab(c"));
    assertEquals(4, group.position());
    assertEquals("Unclosed group", group.getMessage());
    InvalidPattern star = assertThrows(InvalidPattern.class, () -> KeyPattern.of("a**"));
    assertEquals(2, star.position());
    assertEquals("Dangling meta character '*'", star.getMessage());
  }

  @Test
  void aPatternHas1To1000Characters() {
    assertTrue(finds("a{0}".repeat(250), "a"));
    assertEquals(-1, assertThrows(InvalidPattern.class, () -> KeyPattern.of("")).position());
    String message = assertThrows(InvalidPattern.class, () -> KeyPattern.of("a".repeat(1_001)))
        .getMessage();
    assertTrue(message.contains("1001 characters"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?x)a b", "(?ix)a", "a(?x:b c)", "(?xi-s)a", "a\\b{g}", "\\b{g}"})
  void patternThatHidesItsCostIsUnsupported(String regex) {
    String message =
        assertThrows(InvalidPattern.class, () -> KeyPattern.of(regex)).getMessage();
    assertTrue(message.contains("not supported"), message);
  }

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

  private static void assertRefused(String regex) {
    assertQuick(() -> assertFalse(
        isAnswered(regex, "a".repeat(249) + "c") && isAnswered(regex, "a".repeat(250)), regex));
  }

  private static boolean isAnswered(String regex) {
    return isAnswered(regex, "a".repeat(250));
  }

  /** Whether the pattern is answered; false if it is refused. Other failures are thrown. */
  private static boolean isAnswered(String regex, String key) {
    try {
      finds(regex, key);
      return true;
    } catch (InvalidPattern | PatternTooCostly refusal) {
      return false;
    }
  }

  /** A guard against hanging, not a measurement. */
  private static void assertQuick(Executable work) {
    assertTimeoutPreemptively(Duration.ofSeconds(10), work);
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
}
