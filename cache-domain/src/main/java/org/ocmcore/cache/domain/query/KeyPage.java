package org.ocmcore.cache.domain.query;

import java.util.Optional;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Keys that were found, in the order that was asked for.
 *
 * @param keys this page
 * @param matching how many match in all, on this page or not
 * @param total how many keys there are, matching or not
 * @param next where the next page goes on; empty if this is the last, or in no order to go on in
 * @param freshness how much this is worth
 */
public record KeyPage(
    FoundKeys keys, long matching, long total, Optional<CacheKey> next, Freshness freshness) {}
