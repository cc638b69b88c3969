package org.ocmcore.cache.domain.port;

import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;

/**
 * An entry of a dump.
 *
 * @param lastAccess when it was last read or written, in seconds since the epoch, or
 *     {@link KeyInfo#UNKNOWN}
 */
public record DumpEntry(CacheEntry entry, long lastAccess) {}
