package org.ocmcore.cache.domain.job;

/**
 * A job that somebody asks for.
 *
 * @param about what the task works on, in words; empty if the kind says everything
 * @param owner the name of the caller who asks
 */
public record JobOrder(JobKind kind, String about, String owner) {
  /** The owner of jobs that the service starts itself. */
  public static final String SERVICE = "service";

  /** A job of the service. */
  public static JobOrder of(JobKind kind) {
    return new JobOrder(kind, "", SERVICE);
  }
}
