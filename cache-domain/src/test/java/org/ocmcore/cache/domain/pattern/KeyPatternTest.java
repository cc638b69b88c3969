package org.ocmcore.cache.domain.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.key.CacheKey;

class KeyPatternTest extends KeyPatternFixture {
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

  /** All short classes, since Java 17 fails when it matches some that it has compiled. */
  @Test
  void anyCharacterClassIsAnsweredOrRefused() {
    List<String> beginnings = List.of("");
    int answered = 0;
    for (int length = 1; length <= 5; length++) {
      beginnings = beginnings.stream()
          .flatMap(
              beginning -> Stream.of("[", "]", "^", "&&", "&", "a", "\\d").map(beginning::concat))
          .toList();
      for (String beginning : beginnings) {
        answered += isAnswered("[" + beginning + "]", "1&[]^a\u0436") ? 1 : 0;
      }
    }
    assertTrue(answered > 1_000, "answered " + answered);
  }
}
