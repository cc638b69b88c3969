package org.ocmcore.cache.domain.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A job as it stood at some moment.
 *
 * @param about what the work is about, in words; empty if the kind says all
 * @param cancelRequested whether somebody has asked for its end; it may still come to a good one
 * @param startedAt empty while it is queued, and if it never ran
 * @param finishedAt empty unless the state is final
 * @param result what came of it, of the type that this kind of work has; empty unless it is done,
 *     and where there is nothing to tell
 * @param failure what was thrown; empty unless it failed or was cancelled
 */
public record JobSnapshot(
    String id,
    JobKind kind,
    String about,
    JobState state,
    boolean cancelRequested,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    JobProgress progress,
    Optional<Object> result,
    Optional<Throwable> failure) {
  /** What it does, and with what. */
  public String title() {
    return about.isEmpty() ? kind.name() : kind.name() + " of " + about;
  }
}
