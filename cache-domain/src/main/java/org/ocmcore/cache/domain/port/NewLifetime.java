package org.ocmcore.cache.domain.port;

import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;

/** A key and the lifetime that it gets. The lifetime begins when the server receives it. */
public record NewLifetime(CacheKey key, Lifetime lifetime) {}
