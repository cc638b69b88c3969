package org.ocmcore.cache.domain.client;

/**
 * A value with its version, for {@link Cache#replace}.
 *
 * @param version changes whenever a value is stored; only equality has a meaning
 */
public record Versioned<T>(T value, long version) {}
