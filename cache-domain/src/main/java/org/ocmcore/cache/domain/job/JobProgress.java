package org.ocmcore.cache.domain.job;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a job is.
 *
 * @param done items that are done
 * @param expected items there are, as far as is known, which for a job that is done is what it did;
 *     empty if nothing is known
 * @param bytes that are done with them
 * @param perSecond items a second, over the last ten seconds before now or before its end; 0 if it
 *     stood still
 * @param throttled how long work on servers has paused to leave them to others, added up over the
 *     servers
 * @param remaining until all that is expected is done, at this pace; empty if that is not known or
 *     the job does not run
 */
public record JobProgress(
    long done,
    OptionalLong expected,
    long bytes,
    double perSecond,
    Duration throttled,
    Optional<Duration> remaining) {}
