package org.ocmcore.cache.domain.query;

/**
 * Which level of the tree is wanted that a delimiter makes of the keys.
 *
 * @param prefix what its keys begin with, whole names or not; empty for the top
 * @param delimiter what stands between names; the prefix is not searched for it
 * @param order which children come first
 * @param limit at most so many of them, from 1
 */
public record LevelQuery(KeyBytes prefix, KeyBytes delimiter, Order order, int limit) {
  /** @throws IllegalArgumentException if the delimiter is empty, or the limit below 1 */
  public LevelQuery {
    if (delimiter.isEmpty()) {
      throw new IllegalArgumentException("delimiter is empty");
    }
    KeyQuery.requireLimit(limit);
  }

  /** Which children come first; those that are alike stand in the order of their names. */
  public enum Order {
    /** Those that take the most bytes. */
    SIZE,
    /** Those with the most keys. */
    KEYS,
    /** In the order of their names, by bytes. */
    NAME
  }
}
