package org.ocmcore.cache.domain.query;

import java.util.List;
import org.ocmcore.cache.domain.entry.CacheEntry;

/**
 * Entries that were found, ascending by key.
 *
 * @param entries the first of those that match; one that went meanwhile is not among them
 * @param matching how many keys match in all
 * @param truncated whether more match than were read
 * @param freshness how much this is worth
 */
public record ValuePage(
    List<CacheEntry> entries, long matching, boolean truncated, Freshness freshness) {}
