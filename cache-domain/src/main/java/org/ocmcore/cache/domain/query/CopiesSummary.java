package org.ocmcore.cache.domain.query;

import java.util.List;
import java.util.SortedMap;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * What the copies of keys add up to that work would be about.
 *
 * @param copies how many there are; a key that several servers hold counts for each
 * @param bytes that their items take
 * @param servers how many each server holds
 * @param apps what those of each app add up to
 * @param sample the first keys
 */
public record CopiesSummary(
    long copies,
    long bytes,
    SortedMap<String, Long> servers,
    SortedMap<AppName, KeyTotals> apps,
    List<CacheKey> sample) {}
