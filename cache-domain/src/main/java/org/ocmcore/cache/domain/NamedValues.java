package org.ocmcore.cache.domain;

import java.util.List;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * What keys hold that were named.
 *
 * @param entries those that are there, in the order in which they were named
 * @param absent those that are not
 * @param unread those that were not asked for any more, since there was enough
 */
public record NamedValues(List<CacheEntry> entries, List<CacheKey> absent, List<CacheKey> unread) {
  public NamedValues {
    entries = List.copyOf(entries);
    absent = List.copyOf(absent);
    unread = List.copyOf(unread);
  }
}
