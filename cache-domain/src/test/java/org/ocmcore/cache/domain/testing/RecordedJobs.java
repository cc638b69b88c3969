package org.ocmcore.cache.domain.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ocmcore.cache.domain.job.JobEvents;
import org.ocmcore.cache.domain.job.JobSnapshot;

/** Records each event, oldest first. For any number of threads. */
public final class RecordedJobs implements JobEvents {
  private final List<String> reported = new CopyOnWriteArrayList<>();

  /** The events: {@code dump DONE}. */
  public List<String> reported() {
    return List.copyOf(reported);
  }

  @Override
  public void ended(JobSnapshot job) {
    reported.add(job.kind().name() + " " + job.state());
  }
}
