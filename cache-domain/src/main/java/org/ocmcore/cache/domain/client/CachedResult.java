package org.ocmcore.cache.domain.client;

import java.util.Optional;

/**
 * What is remembered of a loader: the value that it returned, or that it returned null.
 *
 * @param value empty if it returned null; see {@link Loading#cacheMissesFor}
 */
public record CachedResult<T>(Optional<T> value) {}
