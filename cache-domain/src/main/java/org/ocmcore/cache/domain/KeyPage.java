package org.ocmcore.cache.domain;

import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Keys that were found, ascending by bytes.
 *
 * @param keys this page
 * @param matching how many match in all, on this page or not
 * @param total how many keys there are, matching or not
 * @param next where the next page goes on; empty if this is the last
 */
public record KeyPage(List<KeyInfo> keys, long matching, long total, Optional<CacheKey> next) {}
