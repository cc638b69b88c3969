package org.ocmcore.cache.domain.port;

import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;

/**
 * An entry as a dump keeps it.
 *
 * @param lastAccess seconds since the epoch at which it was last read or written, or
 *     {@link KeyInfo#UNKNOWN}
 */
public record DumpEntry(CacheEntry entry, long lastAccess) {}
