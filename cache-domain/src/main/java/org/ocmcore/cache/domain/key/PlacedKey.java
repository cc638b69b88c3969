package org.ocmcore.cache.domain.key;

/**
 * A key on one server: where work in bulk finds it.
 *
 * @param key the key
 * @param server the server's address, as {@code KeyspacePort.servers()} names it
 */
public record PlacedKey(CacheKey key, String server) {}
