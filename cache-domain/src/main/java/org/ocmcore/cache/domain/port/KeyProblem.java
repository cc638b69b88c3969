package org.ocmcore.cache.domain.port;

import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Why the work on a key failed.
 *
 * @param reason in words
 */
public record KeyProblem(CacheKey key, String reason) {}
