package org.ocmcore.cache.domain.bulk;

import java.time.Clock;
import java.util.List;
import org.ocmcore.cache.domain.error.PlanNotFound;
import org.ocmcore.cache.domain.error.TooManyKeys;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobKind;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.CopiesSummary;

/**
 * Work on many keys as jobs, of which several may run. A job has a {@link BulkAccount} as its
 * result, also if it failed or was cancelled on the way. For any number of threads.
 */
public final class BulkJobs {
  /** Of how many apps a {@link BulkPreview} tells. */
  public static final int APPS = 100;

  /** How many keys a {@link BulkPreview} shows. */
  public static final int SAMPLE = 20;

  private final Jobs jobs;
  private final BulkWorker worker;
  private final Plans plans;

  public BulkJobs(Jobs jobs, BulkWorker worker, Clock clock) {
    this.jobs = jobs;
    this.worker = worker;
    this.plans = new Plans(clock);
  }

  /**
   * Tells what work would be about, changes nothing, and remembers it as a plan.
   *
   * @throws TooManyKeys if more match than are allowed
   */
  public BulkPreview preview(BulkRequest request) {
    CopiesSummary summary = worker.preview(request, APPS, SAMPLE);
    Plans.Noted noted = plans.note(request.planned(summary.copies()));
    return new BulkPreview(summary, noted.name(), noted.end());
  }

  /**
   * The work that was looked at beforehand.
   *
   * @param plan as {@link BulkPreview#plan} names it
   * @throws PlanNotFound if it is not known, or was made over an hour ago
   */
  public BulkRequest planned(String plan) {
    return plans.find(plan);
  }

  /** Does the work as {@link BulkWorker#run(BulkRequest, Progress)}. */
  public BulkAccount run(BulkRequest request) {
    return jobs.run(
        kind(request.change()), request.about(), progress -> worker.run(request, progress));
  }

  /** Begins to do the same. */
  public Job start(BulkRequest request) {
    return jobs.start(
        kind(request.change()), request.about(), progress -> worker.run(request, progress));
  }

  /**
   * Does the same with these keys, each where it belongs; no job, since there are few and jobs are
   * for what takes long.
   */
  public BulkAccount run(BulkChange change, List<CacheKey> keys) {
    return worker.run(change, keys, Progress.UNWATCHED);
  }

  private static JobKind kind(BulkChange change) {
    return JobKind.of(change.verb());
  }
}
