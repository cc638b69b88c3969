package org.ocmcore.cache.app;

import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.job.JobEvents;
import org.ocmcore.cache.domain.job.JobSnapshot;
import org.ocmcore.cache.domain.job.PartialResult;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the ends of jobs. */
final class JobLog implements JobEvents {
  private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);

  @Override
  public void ended(JobSnapshot job) {
    String what = job.title();
    Throwable failure = job.failure().orElse(null);
    String counts = counts(job);
    if (failure == null) {
      LOG.info("job {}: {} done: {}", job.id(), what, counts);
    } else if (failure instanceof CacheException) {
      LOG.info("job {}: {}: {}: {}", job.id(), what, failure.getMessage(), counts);
    } else {
      LOG.error("job {}: {} failed: {}", job.id(), what, counts, failure);
      MemoryExit.consider(failure);
    }
    job.result().ifPresent(result -> logMoved(job.id(), result));
  }

  private static String counts(JobSnapshot job) {
    return job.result().orElse(null) instanceof PartialResult result
        ? result.words()
        : job.progress().done() + " items";
  }

  private static void logMoved(String id, Object result) {
    if (result instanceof RestoreAccount account
        && account.moved() > 0
        && !account.request().dryRun()) {
      LOG.info(
          "job {}: {} entries went to another server than they came from (ring: {})",
          id,
          account.moved(),
          account.ring());
    }
  }
}
