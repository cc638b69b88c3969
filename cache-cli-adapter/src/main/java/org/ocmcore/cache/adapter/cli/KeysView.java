package org.ocmcore.cache.adapter.cli;

import java.util.function.Consumer;

/**
 * Keys that were found. They are fetched while they are visited.
 *
 * @param keys shows each key to a visitor
 * @param count how many match, shown or not
 * @param totalKeys how many keys there are
 */
record KeysView(Visit keys, long count, long totalKeys, FreshnessView freshness) {
  /** Shows each key to a visitor, once. */
  interface Visit {
    void accept(Consumer<KeyView> visitor);
  }
}
