package org.ocmcore.cache.domain.query;

import java.time.Instant;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.pattern.KeyPattern;

/** Checks a filter on single keys, whatever their source. For use by one thread. */
public final class KeyMatcher {
  private final KeyFilter filter;
  private final KeyRange range;
  private final CriteriaMatcher traits;
  private final Optional<AppMatcher> app;
  private final Optional<KeyPattern.Search> search;

  /** @param now the time from which remaining lifetimes and idle times count */
  public KeyMatcher(KeyFilter filter, AppRule apps, Instant now) {
    this.filter = filter;
    range = filter.range(apps);
    traits = new CriteriaMatcher(filter.traits(), now);
    app = filter.appMatcher(apps);
    search = filter.searchedPattern().map(KeyPattern::search);
  }

  /**
   * Whether a key passes.
   *
   * @throws org.ocmcore.cache.domain.error.PatternTooCostly as {@link KeyPattern.Search#finds}
   */
  public boolean passes(KeyInfo key) {
    return traits.has(key.size(), key.expiry().epochSecond(), key.lastAccess(), key.fetched())
        && (filter.server().isEmpty() || filter.server().get().equals(key.server()))
        && passes(key.key());
  }

  /**
   * Whether the name of a key passes: its range, app and pattern.
   *
   * @throws org.ocmcore.cache.domain.error.PatternTooCostly as {@link KeyPattern.Search#finds}
   */
  public boolean passes(CacheKey key) {
    byte[] bytes = key.bytes();
    return range.contains(bytes)
        && (app.isEmpty() || app.get().owns(bytes, 0, bytes.length))
        && (search.isEmpty() || search.get().finds(key));
  }
}
