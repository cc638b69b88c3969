package org.ocmcore.cache.domain.query;

import java.time.Instant;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.pattern.KeyPattern;

/** Checks a filter on single keys, whatever their source. For use by one thread. */
public final class KeyMatcher {
  private final KeyFilter filter;
  private final KeyRange range;
  private final CriteriaMatcher traits;
  private final Optional<KeyPattern.Search> search;

  /** @param now the time from which remaining lifetimes and idle times count */
  public KeyMatcher(KeyFilter filter, Instant now) {
    this.filter = filter;
    range = filter.range();
    traits = new CriteriaMatcher(filter.traits(), now);
    search = filter.searchedPattern().map(KeyPattern::search);
  }

  /**
   * Whether a key passes.
   *
   * @throws org.ocmcore.cache.domain.error.PatternTooCostly as {@link KeyPattern.Search#finds}
   */
  public boolean passes(KeyInfo key) {
    byte[] bytes = key.key().bytes();
    return range.contains(bytes)
        && traits.has(key.size(), key.expiry().epochSecond(), key.lastAccess())
        && (filter.server().isEmpty() || filter.server().get().equals(key.server()))
        && (!filter.isScattered() || App.end(bytes, 0, bytes.length) < 0)
        && (search.isEmpty() || search.get().finds(key.key()));
  }
}
