package org.ocmcore.cache.app;

import org.ocmcore.cache.domain.dump.DumpJobs.Restored;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.job.JobEvents;
import org.ocmcore.cache.domain.job.JobSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the ends of jobs. */
final class JobLog implements JobEvents {
  private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);

  @Override
  public void ended(JobSnapshot job) {
    String what = job.title();
    Throwable failure = job.failure().orElse(null);
    long done = job.progress().done();
    if (failure == null) {
      LOG.info("job {}: {} done, {} items", job.id(), what, done);
      job.result().ifPresent(result -> logMoved(job.id(), result));
    } else if (failure instanceof CacheException) {
      LOG.info("job {}: {}: {}, {} items were done", job.id(), what, failure.getMessage(), done);
    } else {
      LOG.error("job {}: {} failed, {} items were done", job.id(), what, done, failure);
      MemoryExit.consider(failure);
    }
  }

  private static void logMoved(String id, Object result) {
    if (result instanceof Restored restored
        && restored.report().moved() > 0
        && !restored.request().dryRun()) {
      LOG.info(
          "job {}: {} entries went to another server than they came from (ring: {})",
          id,
          restored.report().moved(),
          restored.report().ring());
    }
  }
}
