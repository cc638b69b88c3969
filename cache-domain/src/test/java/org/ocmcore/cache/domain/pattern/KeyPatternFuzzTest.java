package org.ocmcore.cache.domain.pattern;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Random patterns, each of which must be refused or answered. If one is neither within about a
 * second, it causes work that is not counted; the failure shows the stack of the matcher, and the
 * seed gives the pattern.
 */
class KeyPatternFuzzTest {
  private static final List<String> TOKENS = List.of(
      "(",
      "(",
      ")",
      ")",
      "(?:",
      "(?=",
      "(?!",
      "(?<=",
      "(?<!",
      "(?>",
      "(?<n>",
      "(?i)",
      "(?s:",
      "|",
      "|",
      "*",
      "+",
      "?",
      "*?",
      "+?",
      "*+",
      "?+",
      "{2}",
      "{0,3}",
      "{30}",
      "{1000000}",
      "{2,}",
      "{",
      "}",
      "^",
      "$",
      "\\b",
      "\\B",
      "\\z",
      "\\Z",
      "\\A",
      "\\G",
      "a",
      "a",
      "a",
      ".",
      "b",
      "[ab]",
      "[^b]",
      "[",
      "]",
      "-",
      "&&",
      "\\1",
      "\\2",
      "\\11",
      "\\k<n>",
      "\\w",
      "\\R",
      "\\X",
      "\\p{L}",
      "\\Q",
      "\\E",
      "\\c",
      "\\",
      "\\x61",
      "\\0141",
      "5",
      ",",
      "()",
      "(|a)",
      "(a*)");
  private static final List<String> ATOMS = List.of(
      "a", "a?", "a*", "b", ".", "[ab]", "[^b]", "", "^", "$", "\\b", "\\B", "\\z", "\\G", "\\1",
      "(?!)", "\\Qa\\E");
  private static final List<String> GROUPS =
      List.of("(", "(", "(?:", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>");
  private static final List<String> REPETITIONS = List.of(
      "", "", "*", "+", "?", "*?", "+?", "??", "*+", "++", "{2}", "{3,}", "{0,5}", "{20}", "{200}",
      "{0,250}", "{3}?");
  private static final List<CacheKey> KEYS =
      List.of(CacheKey.of("a".repeat(250)), CacheKey.of("a".repeat(249) + "b"), CacheKey.of("a"));

  private final Random random = new Random(20_260_102);
  private int answered;
  private int refused;

  @Test
  void randomTokensAreRefusedOrAnswered() {
    fuzz(5_000, () -> {
      StringBuilder regex = new StringBuilder();
      for (int tokens = 1 + random.nextInt(14); tokens > 0; tokens--) {
        regex.append(any(TOKENS));
      }
      return regex.toString();
    });
  }

  @Test
  void randomNestingIsRefusedOrAnswered() {
    fuzz(5_000, () -> nested(6));
  }

  @Test
  void repeatedPartIsRefusedOrAnswered() {
    fuzz(500, () -> {
      String part = "(?:" + nested(2) + ")" + any(REPETITIONS);
      return part.repeat(Math.max(1, 900 / part.length())) + "(?!)";
    });
  }

  private void fuzz(int patterns, Supplier<String> source) {
    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
      for (int i = 0; i < patterns; i++) {
        search(source.get());
      }
    });
    assertTrue(answered > patterns / 20, answered + " answered");
    assertTrue(refused > patterns / 20, refused + " refused");
  }

  private void search(String regex) {
    try {
      KeyPattern pattern = KeyPattern.of(regex);
      KEYS.forEach(key -> pattern.search().finds(key));
      answered++;
    } catch (InvalidPattern | PatternTooCostly refusal) {
      refused++;
    } catch (RuntimeException e) {
      throw new AssertionError("neither refused nor answered: " + regex, e);
    }
  }

  private String nested(int depth) {
    int choice = random.nextInt(12);
    if (depth == 0 || choice < 3) {
      return any(ATOMS);
    }
    if (choice < 6) {
      StringBuilder sequence = new StringBuilder();
      for (int parts = 1 + random.nextInt(6); parts > 0; parts--) {
        sequence.append(nested(depth - 1));
      }
      return sequence.toString();
    }
    return choice == 6
        ? nested(depth - 1) + "|" + nested(depth - 1)
        : any(GROUPS) + nested(depth - 1) + ")" + any(REPETITIONS);
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
