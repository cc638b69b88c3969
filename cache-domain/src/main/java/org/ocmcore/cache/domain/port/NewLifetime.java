package org.ocmcore.cache.domain.port;

import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;

/** A key that is to live so long from the moment on at which its server is told. */
public record NewLifetime(CacheKey key, Lifetime lifetime) {}
