package org.ocmcore.cache.domain.dump;

import org.ocmcore.cache.domain.port.DumpInfo;

/**
 * The differences between two dumps.
 *
 * @param limit the most keys that are named in each group
 * @param same entries with the same key, value and flags; their lifetimes may differ
 * @param changed keys with another value or other flags
 * @param onlyInFirst keys that the second dump does not have
 * @param onlyInSecond keys that the first dump does not have
 */
public record DumpPairDiff(
    DumpInfo first,
    DumpInfo second,
    int limit,
    long same,
    DumpDiff.Sort changed,
    DumpDiff.Sort onlyInFirst,
    DumpDiff.Sort onlyInSecond) {}
