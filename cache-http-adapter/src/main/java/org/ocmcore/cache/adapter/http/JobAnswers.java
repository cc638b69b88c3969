package org.ocmcore.cache.adapter.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.ocmcore.cache.domain.bulk.BulkAccount;
import org.ocmcore.cache.domain.dump.DumpDiff;
import org.ocmcore.cache.domain.dump.DumpJobs.Restored;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobProgress;
import org.ocmcore.cache.domain.job.JobSnapshot;
import org.ocmcore.cache.domain.job.JobState;

/** What is told of jobs. */
final class JobAnswers {
  private static final double TENTHS = 10.0;

  private final DumpAnswers dumps;

  JobAnswers(DumpAnswers dumps) {
    this.dumps = dumps;
  }

  /** Where a job is to be asked for. */
  static String location(String id) {
    return HttpApi.BASE + "/jobs/" + id + "/";
  }

  /** Work has begun that nobody waits for. */
  HttpAnswer started(Job job) {
    JobSnapshot begun = job.snapshot();
    String about = begun.about().isEmpty() ? "" : ": " + begun.about();
    return HttpAnswer.withStatus(202)
        .header("Location", location(job.id()))
        .with(
            "message",
            "A %s has begun as job '%s'%s".formatted(begun.kind().name(), begun.id(), about))
        .withAll(fields(begun));
  }

  Map<String, Object> fields(JobSnapshot job) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", job.id());
    fields.put("kind", job.kind().name());
    fields.put("about", job.about());
    fields.put("state", name(job.state()));
    fields.put("cancel_requested", job.cancelRequested());
    fields.put("created_at", Times.text(job.createdAt()));
    fields.put("started_at", job.startedAt().map(Times::text).orElse(null));
    fields.put("finished_at", job.finishedAt().map(Times::text).orElse(null));
    fields.put("progress", progress(job.progress()));
    fields.put("result", job.result().map(this::result).orElse(null));
    fields.put("error", job.failure().map(failure -> error(failure, job.id())).orElse(null));
    return fields;
  }

  static String name(JobState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> progress(JobProgress progress) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("done", progress.done());
    fields.put(
        "expected", progress.expected().isPresent() ? progress.expected().getAsLong() : null);
    fields.put("bytes", progress.bytes());
    fields.put("per_second", Math.round(progress.perSecond() * TENTHS) / TENTHS);
    fields.put("throttled_seconds", Math.round(progress.throttled().toMillis() / 100.0) / TENTHS);
    // Rounded up: what takes half a second more is not over.
    fields.put(
        "eta_seconds",
        progress.remaining().map(left -> left.plusMillis(999).toSeconds()).orElse(null));
    return fields;
  }

  private Map<String, Object> result(Object result) {
    if (result instanceof DumpResult report) {
      return dumps.dumped(report);
    }
    if (result instanceof Restored restored) {
      return DumpAnswers.restored(restored.request(), restored.report());
    }
    if (result instanceof BulkAccount report) {
      return BulkAnswers.done(report);
    }
    if (result instanceof DumpDiff diff) {
      return DumpAnswers.differing(diff);
    }
    throw new IllegalStateException("nobody has said how to tell of a " + result.getClass());
  }

  /** As it would have been answered, had somebody waited for it. */
  private static Map<String, Object> error(Throwable failure, String id) {
    Problem problem =
        failure instanceof CacheException known ? Problems.of(known) : Problems.logged(id);
    return problem.members(location(id));
  }
}
