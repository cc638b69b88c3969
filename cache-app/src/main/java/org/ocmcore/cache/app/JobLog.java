package org.ocmcore.cache.app;

import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.job.JobEvents;
import org.ocmcore.cache.domain.job.JobSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how jobs end. */
final class JobLog implements JobEvents {
  private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);

  @Override
  public void ended(JobSnapshot job) {
    String kind = job.kind().name();
    Throwable failure = job.failure().orElse(null);
    if (failure == null) {
      LOG.info("job {}: {} done, {} items", job.id(), kind, job.progress().done());
    } else if (failure instanceof CacheException) {
      LOG.info("job {}: {}: {}", job.id(), kind, failure.getMessage());
    } else {
      LOG.error("job {}: {} failed", job.id(), kind, failure);
    }
  }
}
