package org.ocmcore.cache.domain.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.key.CacheKey;

/** Compares random patterns on random keys with {@link Pattern}. */
class KeyPatternPropertyTest {
  private static final List<String> LETTERS = List.of(
      "a", "a", "b", "c", "B", ":", "1", "é", "ж", "Ж", "🔑", "\n", "\r", "\u0085", "\u2028", "ß",
      "K", "_", "-", "\u00ff");
  private static final List<String> ATOMS = List.of(
      "a",
      "a",
      "b",
      "c",
      "A",
      ":",
      "1",
      "é",
      "ж",
      "🔑",
      ".",
      ".",
      "\\d",
      "\\w",
      "\\W",
      "\\s",
      "\\S",
      "\\D",
      "[ab]",
      "[^a]",
      "[^a:]",
      "[a-c&&[^b]]",
      "[a[é1]]",
      "[]a]",
      "[^]a]",
      "[\\]\\d]",
      "\\x61",
      "\\x{e9}",
      "\\x{1F511}",
      "\\u0436",
      "\\0141",
      "\\n",
      "\\r",
      "\\xff",
      "[\\x80-\\xff]",
      "\\p{L}",
      "\\P{L}",
      "\\pN",
      "\\p{Lu}",
      "\\h",
      "\\v",
      "\\V",
      "\\.",
      "\\Qa:\\E",
      "\\Q\\E",
      "\\cJ",
      "\\t",
      "}",
      "]",
      "-",
      "&",
      " ");
  private static final List<String> BETWEEN =
      List.of("^", "$", "\\b", "\\B", "\\A", "\\Z", "\\z", "(?i)", "(?s)", "(?iu)", "(?-i)");
  private static final List<String> GROUPS =
      List.of("(", "(", "(?:", "(?:", "(?i:", "(?s-i:", "(?iu:");
  private static final List<String> BEYOND = List.of(
      "(?=a)",
      "(?!a)",
      "(?<=a)",
      "(?<!^)",
      "(?>a|ab)",
      "a*+",
      "(a)\\1",
      "(?m)",
      "(?m:^a)",
      "\\G",
      "\\R",
      "(?U)");
  private static final List<String> REPETITIONS = List.of(
      "", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{0}", "{1,}", "{0,2}", "{2,3}?");

  private final Random random = new Random(20_261_123);
  private boolean beyond;

  @Test
  void regularPatternMatchesLikeJava() {
    int linear = 0;
    int found = 0;
    int searched = 0;
    for (int i = 0; i < 30_000; i++) {
      String regex = choice(3);
      Pattern java = java(regex);
      KeyPattern pattern = KeyPattern.of(regex);
      linear += pattern.isLinear() ? 1 : 0;
      KeyPattern.Search search = pattern.search();
      for (int j = 0; j < 12; j++) {
        CacheKey key = key();
        if (!isAsciiWhereWordsMatter(regex, key)) {
          continue;
        }
        boolean expected = java.matcher(key.characters()).find();
        assertEquals(
            expected, search.finds(key), () -> shown(regex) + " in " + shown(key.characters()));
        found += expected ? 1 : 0;
        searched++;
      }
    }
    assertEquals(30_000, linear);
    assertTrue(found > searched / 10 && found < searched * 9 / 10, found + " of " + searched);
  }

  @Test
  void everyKeyThatMatchesIsInTheRange() {
    beyond = true;
    int narrow = 0;
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      String regex = any(List.of("^", "^", "\\A", "(?i)^", "^?", "")) + plain() + choice(2);
      try {
        KeyPattern pattern = KeyPattern.of(regex);
        boolean all = !pattern.range().isOpen();
        narrow += all ? 1 : 0;
        for (int j = 0; j < 12; j++) {
          CacheKey key = key();
          if (pattern.search().finds(key)) {
            found += all ? 1 : 0;
            assertTrue(
                pattern.range().contains(key.bytes()),
                () -> shown(regex) + " in " + shown(key.characters()));
          }
        }
      } catch (InvalidPattern | PatternTooCostly refused) {
        continue;
      }
    }
    assertTrue(narrow > 2_000, narrow + " with a prefix");
    assertTrue(found > 1_000, found + " found in a range");
  }

  @Test
  void patternThatIsARangeIsFoundInAllOfIt() {
    int ranges = 0;
    int contained = 0;
    for (int i = 0; i < 20_000; i++) {
      String regex =
          any(List.of("^", "^", "\\A", "(?i)^")) + plain() + any(List.of("", "", "$", ".*"));
      KeyPattern pattern = KeyPattern.of(regex);
      ranges += pattern.isRange() ? 1 : 0;
      for (int j = 0; j < 12 && pattern.isRange(); j++) {
        CacheKey key = key();
        boolean isFound = java(regex).matcher(key.characters()).find();
        contained += isFound ? 1 : 0;
        assertEquals(
            isFound,
            pattern.range().contains(key.bytes()),
            () -> shown(regex) + " in " + shown(key.characters()));
      }
    }
    assertTrue(ranges > 1_000, ranges + " ranges");
    assertTrue(contained > 1_000, contained + " keys in a range");
  }

  @Test
  void keyInALargerArrayIsSearchedAlone() {
    beyond = true;
    int searched = 0;
    for (int i = 0; i < 5_000; i++) {
      String regex = choice(2);
      CacheKey key = key();
      byte[] around = new byte[key.length() + 6];
      Arrays.fill(around, (byte) 'a');
      System.arraycopy(key.bytes(), 0, around, 3, key.length());
      try {
        KeyPattern pattern = KeyPattern.of(regex);
        assertEquals(
            pattern.search().finds(key),
            pattern.search().finds(around, 3, 3 + key.length()),
            () -> shown(regex) + " in " + shown(key.characters()));
        searched++;
      } catch (InvalidPattern refused) {
        continue;
      }
    }
    assertTrue(searched > 2_000, searched + " searched");
  }

  /**
   * Java's pattern for the same expression. Java takes a pair of surrogates for one character only
   * if the pattern has such a character, so one is added that never matches.
   */
  private static Pattern java(String regex) {
    return Pattern.compile("(?:" + regex + ")|🔑(?!)");
  }

  /** Other keys are searched by Java itself if the pattern has word boundaries. */
  private static boolean isAsciiWhereWordsMatter(String regex, CacheKey key) {
    return !regex.contains("\\b") && !regex.contains("\\B")
        || key.characters().chars().allMatch(character -> character < 128);
  }

  private String plain() {
    return any(List.of(
            "", "a", "ab", "a:", "a\\:", "\\Qa:\\E", "a\\x{62}", "é", "aé", "a.", "ab", "ab"))
        + any(REPETITIONS);
  }

  private String choice(int depth) {
    StringBuilder regex = new StringBuilder(sequence(depth));
    while (random.nextInt(5) == 0) {
      regex.append('|').append(sequence(depth));
    }
    return regex.isEmpty() ? "a" : regex.toString();
  }

  private String sequence(int depth) {
    StringBuilder regex = new StringBuilder();
    for (int parts = random.nextInt(5); parts > 0; parts--) {
      int kind = random.nextInt(10);
      if (beyond && random.nextInt(10) == 0) {
        regex.append(any(BEYOND));
      } else if (kind < 6) {
        regex.append(any(ATOMS)).append(repetition(regex));
      } else if (kind < 8 || depth == 0) {
        regex.append(any(BETWEEN));
      } else {
        regex.append(any(GROUPS)).append(choice(depth - 1)).append(')').append(repetition(regex));
      }
    }
    return regex.toString();
  }

  /** Empty quotes cannot be repeated at the beginning. */
  private String repetition(StringBuilder regex) {
    return regex.toString().endsWith("\\Q\\E") ? "" : any(REPETITIONS);
  }

  private CacheKey key() {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    boolean ascii = random.nextBoolean();
    for (int letters = 1 + random.nextInt(7); letters > 0; letters--) {
      key.writeBytes(any(ascii ? LETTERS.subList(0, 7) : LETTERS).getBytes(StandardCharsets.UTF_8));
    }
    if (random.nextInt(6) == 0) {
      key.write(128 + random.nextInt(128));
    }
    if (random.nextInt(8) == 0) {
      key.writeBytes(any(List.of("\n", "\r\n", "\r", "\n\n")).getBytes(StandardCharsets.UTF_8));
    }
    return CacheKey.ofBytes(key.toByteArray());
  }

  private static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars()
        .forEach(c ->
            shown.append(c > ' ' && c < 127 ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
    return shown.toString();
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
