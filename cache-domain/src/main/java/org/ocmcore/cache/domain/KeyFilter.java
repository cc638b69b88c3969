package org.ocmcore.cache.domain;

import java.util.Optional;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyPattern;

/**
 * Tells which keys a query is about, within one bound on the work of its pattern. For one thread.
 */
final class KeyFilter {
  private final Optional<AppName> app;
  private final Optional<KeyPattern.Search> search;

  KeyFilter(KeyQuery query) {
    app = query.app();
    search = query.pattern().map(KeyPattern::search);
  }

  /**
   * Whether the query is about this key; where the page begins and how long it is do not matter
   * here.
   */
  boolean accepts(CacheKey key) {
    return (app.isEmpty() || app.get().owns(key))
        && (search.isEmpty() || search.get().finds(key));
  }
}
