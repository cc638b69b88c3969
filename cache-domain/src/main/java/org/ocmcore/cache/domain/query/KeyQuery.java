package org.ocmcore.cache.domain.query;

import java.util.Optional;
import java.util.OptionalInt;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;

/**
 * A query for keys.
 *
 * @param filter selects keys
 * @param order of the keys
 * @param after only keys after this one, for the next page; empty for the first page
 * @param limit the most keys, at least 1; empty for all
 */
public record KeyQuery(
    KeyFilter filter, KeyOrder order, Optional<CacheKey> after, OptionalInt limit) {
  /** Every key. */
  public static final KeyQuery ALL = of(KeyFilter.ALL);

  /**
   * @throws IllegalArgumentException if the limit is below 1, or if an order other than that of
   *     bytes has no limit or a key to continue after
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

  /** All keys of a filter, in ascending order of their bytes. */
  public static KeyQuery of(KeyFilter filter) {
    return new KeyQuery(filter, KeyOrder.NATURAL, Optional.empty(), OptionalInt.empty());
  }

  /** The keys in which this pattern is found. */
  public static KeyQuery matching(KeyPattern pattern) {
    return of(KeyFilter.matching(pattern));
  }

  /** The keys of this app. */
  public static KeyQuery of(AppName app) {
    return of(KeyFilter.of(app));
  }

  /** The same with this limit. */
  public KeyQuery limitedTo(int most) {
    return new KeyQuery(filter, order, after, OptionalInt.of(most));
  }

  /** The same after this key. */
  public KeyQuery after(CacheKey key) {
    return new KeyQuery(filter, order, Optional.of(key), limit);
  }
}
