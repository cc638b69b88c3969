package org.ocmcore.cache.domain.query;

/**
 * A query for one level of the tree of namespaces.
 *
 * @param prefix of its keys, whole names or not; empty for the top level
 * @param delimiter between names; it is not searched in the prefix
 * @param order of the children
 * @param limit the most children, at least 1
 */
public record LevelQuery(KeyBytes prefix, KeyBytes delimiter, Order order, int limit) {
  /** @throws IllegalArgumentException if the delimiter is empty or the limit is below 1 */
  public LevelQuery {
    if (delimiter.isEmpty()) {
      throw new IllegalArgumentException("delimiter is empty");
    }
    KeyQuery.requireLimit(limit);
  }

  /** The order of children. Equal children are in the order of their names. */
  public enum Order {
    /** Most bytes first. */
    SIZE,
    /** Most keys first. */
    KEYS,
    /** In ascending order of the bytes of their names. */
    NAME
  }
}
