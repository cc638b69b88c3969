package org.ocmcore.cache.domain.job;

/** Receives the ends of jobs, on the thread that executed or cancelled them. */
public interface JobEvents {
  /** A job has ended, successfully or not. */
  void ended(JobSnapshot job);
}
