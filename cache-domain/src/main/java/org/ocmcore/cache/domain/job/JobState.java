package org.ocmcore.cache.domain.job;

/** How a job stands. */
public enum JobState {
  /** It waits for its turn, or for a thread. */
  QUEUED,
  /** It is being worked on. */
  RUNNING,
  /** It came to its end. */
  DONE,
  /** It failed on the way. */
  FAILED,
  /** It was cancelled, and nobody works on it any more. */
  CANCELLED;

  /** Whether nothing changes any more. */
  public boolean isFinal() {
    return compareTo(RUNNING) > 0;
  }
}
