package org.ocmcore.cache.domain.query;

import java.util.Optional;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * A page of keys.
 *
 * @param keys of this page
 * @param matching the number of keys that match, on this page or not
 * @param total the number of all keys
 * @param next where the next page begins; empty if this is the last page or the order has no pages
 * @param freshness of the index
 */
public record KeyPage(
    FoundKeys keys, long matching, long total, Optional<CacheKey> next, Freshness freshness) {}
