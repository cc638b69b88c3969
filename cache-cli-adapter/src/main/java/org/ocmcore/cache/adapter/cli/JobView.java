package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.ocmcore.cache.domain.job.JobProgress;
import tools.jackson.databind.JsonNode;

/**
 * A job of a service, as the API has it.
 *
 * @param about empty if the kind says all
 * @param result what the request would have been answered with; a null node unless the job is done
 * @param error the problem of a job that failed or was cancelled; a null node otherwise
 */
record JobView(
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
    JsonNode result,
    JsonNode error) {
  private static final Set<String> FINAL = Set.of("done", "failed", "cancelled");

  JobView {
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(state);
    Objects.requireNonNull(progress);
  }

  /** Whether it has ended. */
  @JsonIgnore
  boolean isOver() {
    return FINAL.contains(state);
  }

  /** What it does, in words. */
  String what() {
    return about.isEmpty() ? kind : kind + " " + about;
  }

  /** Why it failed; empty if it did not. */
  Optional<String> failure() {
    return error.isObject() ? error.path("detail").asStringOpt() : Optional.empty();
  }

  /**
   * What the request would have been answered with.
   *
   * @throws RequestProblem if the job failed or was cancelled
   */
  <T> T resultAs(Class<T> type) {
    if (error.isObject()) {
      throw RequestProblem.of(error);
    }
    return RestClient.parse(result, type);
  }

  /** How far it is. */
  record Progress(
      long done,
      OptionalLong expected,
      long bytes,
      double perSecond,
      double throttledSeconds,
      OptionalLong etaSeconds) {
    private static final int MILLIS = 1_000;

    JobProgress toDomain() {
      return new JobProgress(
          done,
          expected,
          bytes,
          perSecond,
          Duration.ofMillis(Math.round(throttledSeconds * MILLIS)),
          etaSeconds.isPresent()
              ? Optional.of(Duration.ofSeconds(etaSeconds.getAsLong()))
              : Optional.empty());
    }
  }

  /** All jobs, newest first. */
  record All(List<JobView> jobs) {
    All {
      jobs = List.copyOf(jobs);
    }
  }
}
