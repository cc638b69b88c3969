package org.ocmcore.cache.domain.index;

/**
 * What keys add up to.
 *
 * @param keys how many there are
 * @param bytes that their items take
 * @param never how many of them never expire
 */
public record RangeSummary(long keys, long bytes, long never) {}
