package org.ocmcore.cache.domain.dump;

import java.time.Duration;
import java.util.SortedMap;
import org.ocmcore.cache.domain.port.DumpInfo;

/**
 * What a restore did, or would do: every entry of the dump is in one of the three counts.
 *
 * @param dump the dump that was restored
 * @param restored entries stored
 * @param skipped entries not stored by rule, by reason: {@code expired}, {@code exists},
 *     {@code not_matching}, {@code too_large}
 * @param failed entries that the store refused
 * @param duration how long it took
 */
public record RestoreReport(
    DumpInfo dump,
    long restored,
    SortedMap<String, Long> skipped,
    long failed,
    Duration duration) {}
