package org.ocmcore.cache.domain.port;

import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Why work on a key came to nothing.
 *
 * @param reason in words
 */
public record KeyProblem(CacheKey key, String reason) {}
