package org.ocmcore.cache.domain.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ocmcore.cache.domain.job.JobEvents;
import org.ocmcore.cache.domain.job.JobSnapshot;

/** Remembers what it was told, oldest first. For any number of threads. */
public final class RecordedJobs implements JobEvents {
  private final List<String> told = new CopyOnWriteArrayList<>();

  /** What it was told: {@code dump DONE}. */
  public List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public void ended(JobSnapshot job) {
    told.add(job.kind().name() + " " + job.state());
  }
}
