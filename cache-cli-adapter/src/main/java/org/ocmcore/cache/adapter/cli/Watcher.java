package org.ocmcore.cache.adapter.cli;

import org.ocmcore.cache.domain.job.JobProgress;

/** Looks at long work while it goes on, and can want its end. */
interface Watcher {
  /** To be called a few times a second. */
  void show(JobProgress progress);

  /** Whether the work is to end. */
  boolean wantsEnd();
}
