package org.ocmcore.cache.domain.job;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The progress of a job.
 *
 * @param done finished items
 * @param expected all items as far as known; of a finished job, the items that it did. Empty if
 *     unknown
 * @param bytes of the finished items
 * @param perSecond items a second over the last ten seconds before now or before its end; 0 if it
 *     stood still
 * @param throttled the time for which work on servers has paused, summed up over the servers
 * @param remaining the estimated time until it is done; empty if unknown or not running
 */
public record JobProgress(
    long done,
    OptionalLong expected,
    long bytes,
    double perSecond,
    Duration throttled,
    Optional<Duration> remaining) {}
