package org.ocmcore.cache.domain.port;

import java.time.Duration;

/** Runs things later. What runs may take long; it must not keep others from running. */
public interface Scheduler {
  /** Runs it once, this long from now, on a thread of the scheduler's. */
  Scheduled after(Duration delay, Runnable task);

  /** Something that is to run. */
  interface Scheduled {
    /** Keeps it from starting. If it has started it goes on; does not wait. */
    void cancel();
  }
}
