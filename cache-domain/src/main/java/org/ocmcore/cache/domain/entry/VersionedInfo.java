package org.ocmcore.cache.domain.entry;

/**
 * What is known about a key without its value, with the version of the value.
 *
 * @param version as in {@link VersionedEntry}
 */
public record VersionedInfo(KeyInfo info, long version) {}
