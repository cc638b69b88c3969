package org.ocmcore.cache.domain.query;

/**
 * A summary of the keys that match a filter.
 *
 * @param first the first keys, in ascending order of their bytes
 * @param totals the sum over all keys
 * @param freshness of the index
 */
public record MatchSummary(FoundKeys first, KeySummary totals, Freshness freshness) {}
