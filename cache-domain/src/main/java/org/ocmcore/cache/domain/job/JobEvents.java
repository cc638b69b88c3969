package org.ocmcore.cache.domain.job;

/** Receives the ends of jobs, on the thread that executed or cancelled them. */
public interface JobEvents {
  /** A job has ended, successfully or not. */
  void ended(JobSnapshot job);

  /** Receives the same, and then the other does. */
  default JobEvents and(JobEvents other) {
    return job -> {
      ended(job);
      other.ended(job);
    };
  }
}
