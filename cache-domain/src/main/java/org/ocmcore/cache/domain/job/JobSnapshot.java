package org.ocmcore.cache.domain.job;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a job at one moment.
 *
 * @param about what the task works on, in words; empty if the kind says everything
 * @param owner the name of the caller who started it
 * @param request see {@link JobOrder#request}
 * @param cancelRequested whether somebody has cancelled it; it may still end successfully
 * @param startedAt empty if it never ran
 * @param finishedAt empty unless the state is final
 * @param result of the type of its kind; empty unless it is done, and if there is no result
 * @param failure empty unless it failed or was cancelled
 */
public record JobSnapshot(
    String id,
    JobKind kind,
    String about,
    String owner,
    Optional<Object> request,
    JobState state,
    boolean cancelRequested,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    JobProgress progress,
    Optional<Object> result,
    Optional<Throwable> failure) {
  /** The kind and what the task works on. */
  public String title() {
    return about.isEmpty() ? kind.name() : kind.name() + " of " + about;
  }
}
