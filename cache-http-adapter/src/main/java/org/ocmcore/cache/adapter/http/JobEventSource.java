package org.ocmcore.cache.adapter.http;

import java.util.function.Function;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobSnapshot;

/** The newest state of a job, and its end. */
final class JobEventSource implements EventSource {
  private final Job job;
  private final Function<JobSnapshot, String> json;
  private String lastSent = "";

  /** @param json writes a job on one line */
  JobEventSource(Job job, Function<JobSnapshot, String> json) {
    this.job = job;
    this.json = json;
  }

  @Override
  public boolean addNews(EventText events) {
    JobSnapshot now = job.snapshot();
    String text = json.apply(now);
    if (!text.equals(lastSent)) {
      events.event("progress", text);
      lastSent = text;
    }
    if (now.state().isFinal()) {
      events.event(JobAnswer.name(now.state()), text);
    }
    return now.state().isFinal();
  }

  @Override
  public void keepUp() {
    // The next event has the newest state, whatever came before.
  }

  @Override
  public long pollMillis() {
    return 500;
  }

  @Override
  public boolean isCostly() {
    return false;
  }

  @Override
  public String title() {
    return "job " + job.id();
  }

  @Override
  public void close() {
    // A job does not know who follows it.
  }
}
