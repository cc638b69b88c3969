package org.ocmcore.cache.domain.entry;

/**
 * An entry with the version of its value.
 *
 * @param version changes whenever a value is stored; only equality has a meaning, and only on one
 *     server (memcached's CAS unique). {@link #UNVERSIONED} if the server keeps no versions
 */
public record VersionedEntry(CacheEntry entry, long version) {
  /** The version on a server that keeps none. */
  public static final long UNVERSIONED = 0;
}
