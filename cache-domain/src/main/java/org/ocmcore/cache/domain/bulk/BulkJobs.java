package org.ocmcore.cache.domain.bulk;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.error.PlanNotFound;
import org.ocmcore.cache.domain.error.TooManyKeys;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobKind;
import org.ocmcore.cache.domain.job.JobOrder;
import org.ocmcore.cache.domain.job.JobOwner;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.CopiesSummary;

/**
 * Runs changes of many keys as jobs. The result of a job is a {@link BulkAccount}, also if the job
 * failed or was cancelled. Safe for use by any number of threads.
 */
public final class BulkJobs {
  /** The most apps in a {@link BulkPreview}. */
  public static final int APPS = 100;

  /** The most keys in the sample of a {@link BulkPreview}. */
  public static final int SAMPLE = 20;

  private final Jobs jobs;
  private final BulkWorker worker;
  private final Plans plans;
  private final JobOwner owner;

  public BulkJobs(Jobs jobs, BulkWorker worker, Clock clock) {
    this(jobs, worker, new Plans(clock), JobOwner.SERVICE);
  }

  private BulkJobs(Jobs jobs, BulkWorker worker, Plans plans, JobOwner owner) {
    this.jobs = jobs;
    this.worker = worker;
    this.plans = plans;
    this.owner = owner;
  }

  /** The same for a caller, who owns the jobs. */
  public BulkJobs ownedBy(JobOwner caller) {
    return new BulkJobs(jobs, worker, plans, caller);
  }

  /**
   * Previews a change and saves it as a plan. Changes nothing.
   *
   * @param checkpoint runs several times a second; throws to end the preview
   * @throws TooManyKeys if more keys match than are allowed
   */
  public BulkPreview preview(BulkRequest request, Runnable checkpoint) {
    CopiesSummary summary = worker.preview(request, APPS, SAMPLE, checkpoint);
    Plans.SavedPlan saved = plans.save(owner.name(), request.planned(summary.copies()));
    return new BulkPreview(summary, saved.name(), saved.end());
  }

  /**
   * Previews a change of these keys by what is known of them now. Changes nothing, and does not
   * wait.
   */
  public NamedPreview preview(List<CacheKey> keys) {
    return worker.preview(keys, APPS, SAMPLE);
  }

  /**
   * The change of a saved plan.
   *
   * @param plan from {@link BulkPreview#plan}
   * @throws PlanNotFound if it is unknown, older than an hour, or of another caller
   */
  public BulkRequest planned(String plan) {
    return plans.find(owner.name(), plan);
  }

  /**
   * Runs the change as a job and waits for it; see {@link BulkWorker#run(BulkRequest, Progress)}.
   */
  public BulkAccount run(BulkRequest request) {
    return jobs.run(order(request), progress -> worker.run(request, progress));
  }

  /** Starts the change as a job. */
  public Job start(BulkRequest request) {
    return jobs.start(order(request), progress -> worker.run(request, progress));
  }

  /** Changes these keys, each where it belongs. No job, since the keys are few. */
  public BulkAccount run(BulkChange change, List<CacheKey> keys) {
    return worker.run(change, keys, Progress.UNWATCHED);
  }

  private JobOrder order(BulkRequest request) {
    return new JobOrder(
        JobKind.of(request.change().verb()), request.about(), owner, Optional.of(request));
  }
}
