package org.ocmcore.cache.domain.access;

import java.util.Optional;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.InvalidPattern;
import org.ocmcore.cache.domain.pattern.KeyPattern;

/** The keys whose values nobody may see. Safe for use by any number of threads. */
public final class HiddenValues {
  /** Every value may be seen. */
  public static final HiddenValues NONE = new HiddenValues(Optional.empty());

  private final Optional<KeyPattern> pattern;

  private HiddenValues(Optional<KeyPattern> pattern) {
    this.pattern = pattern;
  }

  /**
   * Hides the values of all keys in which a pattern is found.
   *
   * @param regex empty to hide none
   * @throws InvalidPattern as {@link KeyPattern#of}
   */
  public static HiddenValues of(String regex) {
    return regex.isEmpty() ? NONE : new HiddenValues(Optional.of(KeyPattern.of(regex)));
  }

  /** Whether the value of this key is hidden; also if it costs too much to find that out. */
  public boolean hides(CacheKey key) {
    if (pattern.isEmpty()) {
      return false;
    }
    try {
      return pattern.get().search().finds(key);
    } catch (PatternTooCostly e) {
      return true;
    }
  }
}
