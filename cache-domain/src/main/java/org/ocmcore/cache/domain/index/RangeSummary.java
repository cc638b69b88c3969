package org.ocmcore.cache.domain.index;

/**
 * The sum over the keys in a range.
 *
 * @param keys the number of keys
 * @param bytes of their items
 * @param never the number of keys that never expire
 */
public record RangeSummary(long keys, long bytes, long never) {}
