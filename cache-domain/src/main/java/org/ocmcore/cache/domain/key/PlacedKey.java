package org.ocmcore.cache.domain.key;

/**
 * A key on one server.
 *
 * @param server its address, as in {@code KeyspacePort.servers()}
 */
public record PlacedKey(CacheKey key, String server) {}
