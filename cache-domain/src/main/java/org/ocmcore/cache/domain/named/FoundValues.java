package org.ocmcore.cache.domain.named;

import java.util.List;
import org.ocmcore.cache.domain.entry.CacheEntry;

/**
 * The first entries of keys that were found.
 *
 * @param entries those that still exist, in the order of their keys
 * @param asked how many keys were requested; there was no room for the others
 */
public record FoundValues(List<CacheEntry> entries, int asked) {
  public FoundValues {
    entries = List.copyOf(entries);
  }
}
