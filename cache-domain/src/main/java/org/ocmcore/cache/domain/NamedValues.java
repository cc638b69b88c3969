package org.ocmcore.cache.domain;

import java.util.List;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * What keys hold that were named.
 *
 * @param entries those that are there, in the order in which they were named
 * @param absent those that are not
 * @param unread those of which nothing is known: that were not asked for any more, since there was
 *     enough, or whose server failed
 * @param failures of servers, at most one each
 */
public record NamedValues(
    List<CacheEntry> entries,
    List<CacheKey> absent,
    List<CacheKey> unread,
    List<StoreUnavailable> failures) {
  public NamedValues {
    entries = List.copyOf(entries);
    absent = List.copyOf(absent);
    unread = List.copyOf(unread);
    failures = List.copyOf(failures);
  }
}
