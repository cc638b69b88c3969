package org.ocmcore.cache.domain.query;

/**
 * Keys that match, in short.
 *
 * @param first the first of them, ascending by bytes
 * @param totals what all of them add up to
 * @param freshness how much this is worth
 */
public record MatchSummary(FoundKeys first, KeySummary totals, Freshness freshness) {}
