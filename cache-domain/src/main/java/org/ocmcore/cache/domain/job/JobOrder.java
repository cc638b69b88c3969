package org.ocmcore.cache.domain.job;

import java.util.Optional;

/**
 * A job that somebody asks for.
 *
 * @param about what the task works on, in words; empty if the kind says everything
 * @param owner the caller who asks
 * @param request what to ask for to do what is left, if the task ends before all is done; of the
 *     type of the kind, and empty if the kind has none
 */
public record JobOrder(JobKind kind, String about, JobOwner owner, Optional<Object> request) {
  /** The name of the owner of jobs that the service starts itself. */
  public static final String SERVICE = "service";

  /** Without a request for what is left. */
  public JobOrder(JobKind kind, String about, JobOwner owner) {
    this(kind, about, owner, Optional.empty());
  }

  /** A job of the service. */
  public static JobOrder of(JobKind kind) {
    return new JobOrder(kind, "", JobOwner.SERVICE);
  }
}
