package org.ocmcore.cache.domain;

import java.util.Optional;
import java.util.OptionalInt;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyPattern;

/**
 * Which keys are wanted.
 *
 * @param pattern only those in which it is found; empty for all
 * @param app only those of this app; empty for all
 * @param after only those after this key, for the next page; empty for the first
 * @param limit at most so many, from 1; empty for all
 */
public record KeyQuery(
    Optional<KeyPattern> pattern,
    Optional<AppName> app,
    Optional<CacheKey> after,
    OptionalInt limit) {
  /** Every key. */
  public static final KeyQuery ALL =
      new KeyQuery(Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty());

  public KeyQuery {
    limit.ifPresent(KeyQuery::requireLimit);
  }

  static void requireLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit + ", it must be at least 1");
    }
  }

  /** Every key in which this is found. */
  public static KeyQuery matching(KeyPattern pattern) {
    return new KeyQuery(
        Optional.of(pattern), Optional.empty(), Optional.empty(), OptionalInt.empty());
  }

  /** Every key of this app. */
  public static KeyQuery of(AppName app) {
    return new KeyQuery(Optional.empty(), Optional.of(app), Optional.empty(), OptionalInt.empty());
  }

  /** The same, but at most so many. */
  public KeyQuery limitedTo(int most) {
    return new KeyQuery(pattern, app, after, OptionalInt.of(most));
  }
}
