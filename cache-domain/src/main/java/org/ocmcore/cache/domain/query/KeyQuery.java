package org.ocmcore.cache.domain.query;

import java.util.Optional;
import java.util.OptionalInt;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;

/**
 * Which keys are wanted, and how many of them.
 *
 * @param filter only those
 * @param order which come first
 * @param after only those after this key, for the next page; empty for the first
 * @param limit at most so many, from 1; empty for all
 */
public record KeyQuery(
    KeyFilter filter, KeyOrder order, Optional<CacheKey> after, OptionalInt limit) {
  /** Every key. */
  public static final KeyQuery ALL = of(KeyFilter.ALL);

  /**
   * @throws IllegalArgumentException if the limit is below 1, or if another order than that of
   *     bytes comes without a limit or with a key to go on after; the message says which
   */
  public KeyQuery {
    limit.ifPresent(KeyQuery::requireLimit);
    if (!order.isNatural() && limit.isEmpty()) {
      throw new IllegalArgumentException(
          "limit is missing: every order but that of keys, ascending, needs one");
    }
    if (!order.isNatural() && after.isPresent()) {
      throw new IllegalArgumentException(
          "a cursor goes on in the order of keys, ascending, and in no other");
    }
  }

  static void requireLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit + ", it must be at least 1");
    }
  }

  /** All keys that are meant, ascending by bytes. */
  public static KeyQuery of(KeyFilter filter) {
    return new KeyQuery(filter, KeyOrder.NATURAL, Optional.empty(), OptionalInt.empty());
  }

  /** Every key in which this is found. */
  public static KeyQuery matching(KeyPattern pattern) {
    return of(KeyFilter.matching(pattern));
  }

  /** Every key of this app. */
  public static KeyQuery of(AppName app) {
    return of(KeyFilter.of(app));
  }

  /** The same, but at most so many. */
  public KeyQuery limitedTo(int most) {
    return new KeyQuery(filter, order, after, OptionalInt.of(most));
  }

  /** The same, but only those after this key. */
  public KeyQuery after(CacheKey key) {
    return new KeyQuery(filter, order, Optional.of(key), limit);
  }
}
