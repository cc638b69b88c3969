package org.ocmcore.cache.domain.job;

/** Is told what becomes of jobs; called by the thread that worked, or that cancelled. */
public interface JobEvents {
  /** A job has come to its end, whichever it was. */
  void ended(JobSnapshot job);
}
