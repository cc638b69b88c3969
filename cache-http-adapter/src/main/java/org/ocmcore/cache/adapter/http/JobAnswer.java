package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.job.JobProgress;
import org.ocmcore.cache.domain.job.JobSnapshot;
import org.ocmcore.cache.domain.job.JobState;

/**
 * A job.
 *
 * @param about empty if the kind says all
 * @param startedBy the name of the caller
 * @param request what to ask for to do what it leaves; null unless it changes many keys
 * @param result what the request would have been answered with; null unless the job is done
 * @param error the problem that it would have been answered with; null unless the job failed or was
 *     cancelled
 */
record JobAnswer(
    String id,
    String kind,
    String about,
    String startedBy,
    String state,
    boolean cancelRequested,
    String createdAt,
    Optional<String> startedAt,
    Optional<String> finishedAt,
    Progress progress,
    Optional<BulkRequestAnswer> request,
    Optional<Record> result,
    Optional<ProblemAnswer> error) {
  static JobAnswer of(JobSnapshot job, Optional<Record> result, Optional<ProblemAnswer> error) {
    return new JobAnswer(
        job.id(),
        job.kind().name(),
        job.about(),
        job.owner(),
        name(job.state()),
        job.cancelRequested(),
        Times.text(job.createdAt()),
        job.startedAt().map(Times::text),
        job.finishedAt().map(Times::text),
        Progress.of(job.progress()),
        job.request().map(JobAnswer::request),
        result,
        error);
  }

  private static BulkRequestAnswer request(Object request) {
    if (request instanceof BulkRequest work) {
      return BulkRequestAnswer.of(work);
    }
    throw new IllegalStateException("there is no answer for a " + request.getClass());
  }

  static String name(JobState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** How far a job is. @param expected null if it is not known @param etaSeconds likewise */
  record Progress(
      long done,
      OptionalLong expected,
      long bytes,
      double perSecond,
      double throttledSeconds,
      Optional<Long> etaSeconds) {
    private static final double TENTHS = 10.0;

    static Progress of(JobProgress progress) {
      return new Progress(
          progress.done(),
          progress.expected(),
          progress.bytes(),
          Math.round(progress.perSecond() * TENTHS) / TENTHS,
          Math.round(progress.throttled().toMillis() / 100.0) / TENTHS,
          // Rounded up: what takes half a second more is not over.
          progress.remaining().map(left -> left.plusMillis(999).toSeconds()));
    }
  }

  /** All jobs that are known. */
  record Listed(List<JobAnswer> jobs) {}

  /** A job was started, or is to end. */
  record Changed(String message, @JsonUnwrapped JobAnswer job) implements ChangeAnswer {}
}
