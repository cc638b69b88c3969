package org.ocmcore.cache.domain.named;

import java.util.List;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * The values of named keys.
 *
 * @param entries the keys that exist, in the order in which they were named
 * @param absent the keys that do not exist
 * @param unread the keys that were not requested, since there were enough bytes, or whose server
 *     failed
 * @param failures at most one for each server
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
