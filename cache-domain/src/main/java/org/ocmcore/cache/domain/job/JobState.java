package org.ocmcore.cache.domain.job;

/** The state of a job. */
public enum JobState {
  /** It waits for its turn or for a thread. */
  QUEUED,
  /** It is running. */
  RUNNING,
  /** It has ended successfully. */
  DONE,
  /** It has failed. */
  FAILED,
  /** It was cancelled and has ended. */
  CANCELLED;

  /** Whether the state will not change any more. */
  public boolean isFinal() {
    return compareTo(RUNNING) > 0;
  }
}
