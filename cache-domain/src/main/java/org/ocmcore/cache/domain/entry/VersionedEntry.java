package org.ocmcore.cache.domain.entry;

/**
 * An entry with the version of its value.
 *
 * @param version changes whenever a value is stored; only equality has a meaning (memcached's CAS
 *     unique)
 */
public record VersionedEntry(CacheEntry entry, long version) {}
