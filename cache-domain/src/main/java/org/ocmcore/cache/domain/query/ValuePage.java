package org.ocmcore.cache.domain.query;

import java.util.List;
import org.ocmcore.cache.domain.entry.CacheEntry;

/**
 * A page of entries, in ascending order of their keys.
 *
 * @param entries the first that match; entries that vanished meanwhile are missing
 * @param matching the number of keys that match
 * @param truncated whether more match than were fetched
 * @param freshness of the index
 */
public record ValuePage(
    List<CacheEntry> entries, long matching, boolean truncated, Freshness freshness) {}
