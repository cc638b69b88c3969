package org.ocmcore.cache.domain.dump;

import java.time.Duration;
import java.util.SortedMap;
import org.ocmcore.cache.domain.port.DumpInfo;

/**
 * What a dump did.
 *
 * @param dump the dump that was written
 * @param skipped how many keys are not in it, by reason: {@code gone} for those that were deleted
 *     or expired between being found and being read, {@code too_large} for those whose entries are
 *     too large for the format of the dump
 * @param duration how long it took
 */
public record DumpReport(DumpInfo dump, SortedMap<String, Long> skipped, Duration duration) {}
