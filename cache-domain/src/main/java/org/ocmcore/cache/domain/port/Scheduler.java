package org.ocmcore.cache.domain.port;

import java.time.Duration;

/** Runs tasks later. A task may take long and does not delay other tasks. */
public interface Scheduler {
  /** Runs the task once, after this delay, on a thread of the scheduler. */
  Scheduled after(Duration delay, Runnable task);

  /** A scheduled task. */
  interface Scheduled {
    /** Keeps the task from starting. A task that has started goes on. Does not wait. */
    void cancel();
  }
}
