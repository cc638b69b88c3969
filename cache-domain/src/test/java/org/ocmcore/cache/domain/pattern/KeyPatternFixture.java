package org.ocmcore.cache.domain.pattern;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.function.Executable;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.key.CacheKey;

/** What the tests of KeyPattern share. */
abstract class KeyPatternFixture {
  static boolean finds(String regex, String key) {
    return KeyPattern.of(regex).search().finds(CacheKey.of(key));
  }

  static void assertRefused(String regex) {
    assertQuick(() -> assertFalse(
        isAnswered(regex, "a".repeat(249) + "c") && isAnswered(regex, "a".repeat(250)), regex));
  }

  static boolean isAnswered(String regex) {
    return isAnswered(regex, "a".repeat(250));
  }

  /** Whether the pattern is answered; false if it is refused. Other failures are thrown. */
  static boolean isAnswered(String regex, String key) {
    try {
      finds(regex, key);
      return true;
    } catch (InvalidPattern | PatternTooCostly refusal) {
      return false;
    }
  }

  /** A guard against hanging, not a measurement. */
  static void assertQuick(Executable work) {
    assertTimeoutPreemptively(Duration.ofSeconds(10), work);
  }
}
