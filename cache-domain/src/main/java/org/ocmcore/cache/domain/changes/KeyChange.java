package org.ocmcore.cache.domain.changes;

import java.time.Instant;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * A change of one key on one server.
 *
 * @param at when it happened, by this machine's clock
 * @param size the whole item in bytes; empty if that is not reported
 */
public record KeyChange(
    ChangeKind kind, CacheKey key, String server, Instant at, OptionalLong size) {}
