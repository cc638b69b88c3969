package org.ocmcore.cache.domain.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.testing.FuzzSeed;

/**
 * Any text is refused or a pattern; a linear pattern finds what Java finds. The input is the
 * pattern, a zero byte, and a key.
 */
final class RegexFuzzTest {
  private static final int MAX_REGEX = 60;
  private static final int MAX_KEY = 16;

  /** Java needs no more for patterns without nested repetitions. */
  private static final int MAX_STEPS = 200_000;

  public static void fuzzerTestOneInput(byte[] input) {
    int end = 0;
    while (end < input.length && input[end] != 0) {
      end++;
    }
    String regex = new String(input, 0, Math.min(end, MAX_REGEX), StandardCharsets.UTF_8);
    int length = Math.min(MAX_KEY, input.length - end - 1);
    CacheKey key =
        length > 0 ? CacheKey.ofBytes(input, end + 1, end + 1 + length) : CacheKey.of("a");
    check(regex, key);
    try {
      KeyPattern.ofGlob(regex).search().finds(key);
    } catch (InvalidPattern refused) {
      return;
    }
  }

  private static void check(String regex, CacheKey key) {
    KeyPattern pattern;
    boolean found;
    try {
      pattern = KeyPattern.of(regex);
      found = pattern.search().finds(key);
    } catch (InvalidPattern | PatternTooCostly refused) {
      return;
    }
    if (found) {
      assertTrue(pattern.range().contains(key.bytes()), "the range lacks the key");
    }
    if (pattern.isRange()) {
      assertEquals(found, pattern.range().contains(key.bytes()), "the range is not exact");
    }
    if (pattern.isLinear() && isAsciiWhereWordsMatter(regex, key)) {
      findsInJava(regex, key).ifPresent(expected -> assertEquals(expected, found));
    }
  }

  private static boolean isAsciiWhereWordsMatter(String regex, CacheKey key) {
    return !regex.contains("\\b") && !regex.contains("\\B")
        || key.characters().chars().allMatch(character -> character < 128);
  }

  /** Empty if Java takes too long, or if the pattern changes what is added to it. */
  private static Optional<Boolean> findsInJava(String regex, CacheKey key) {
    if (regex.contains("\\Q") || regex.contains("#")) {
      return Optional.empty();
    }
    try {
      // A pattern with such a character takes a pair of surrogates for one character.
      Pattern java = Pattern.compile("(?:" + regex + ")|\ud83d\udd11(?!)");
      return Optional.of(
          java.matcher(new CountedText(key.characters(), new int[1])).find());
    } catch (PatternSyntaxException | TooManySteps | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Ends a search that reads too much. */
  private record CountedText(String text, int[] reads) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (reads[0]++ == MAX_STEPS) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new CountedText(text.substring(start, end), reads);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static Stream<FuzzSeed> seeds() {
    return FuzzSeed.of(RegexFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void seedHolds(FuzzSeed seed) {
    fuzzerTestOneInput(seed.bytes());
  }
}
