package org.ocmcore.cache.domain.named;

import org.ocmcore.cache.domain.entry.CacheEntry;

/**
 * An entry on one server.
 *
 * @param version as in {@link org.ocmcore.cache.domain.entry.VersionedEntry}
 * @param server its address, as in {@code KeyspacePort.servers()}
 */
public record PlacedEntry(CacheEntry entry, long version, String server) {}
