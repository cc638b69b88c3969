package org.ocmcore.cache.adapter.http;

import java.util.Map;
import org.ocmcore.cache.domain.bulk.BulkAccount;
import org.ocmcore.cache.domain.dump.DumpDiff;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobSnapshot;
import org.ocmcore.cache.domain.restore.RestoreAccount;

/** Answers about jobs, with their results. */
final class JobAnswers {
  private final ServiceInfo service;
  private final String apiPath;

  /** @param apiPath the path that those of the API are below */
  JobAnswers(ServiceInfo service, String apiPath) {
    this.service = service;
    this.apiPath = apiPath;
  }

  /** The path at which a job is answered. */
  String location(String id) {
    return apiPath + "/jobs/" + id + "/";
  }

  /** A job was started, and the client does not wait for it. */
  HttpAnswer started(Job job) {
    JobSnapshot begun = job.snapshot();
    String about = begun.about().isEmpty() ? "" : ": " + begun.about();
    return new HttpAnswer(
        202,
        Map.of("Location", location(job.id())),
        new JobAnswer.Changed(
            "A %s has begun as job '%s'%s".formatted(begun.kind().name(), begun.id(), about),
            of(begun)));
  }

  /** A job as it stood at this moment. */
  JobAnswer of(JobSnapshot job) {
    return JobAnswer.of(
        job,
        job.result().map(this::result),
        job.failure().map(failure -> error(failure, job.id())));
  }

  private Record result(Object result) {
    if (result instanceof DumpResult report) {
      return dumped(report);
    }
    if (result instanceof RestoreAccount report) {
      return RestoreAnswer.of(report);
    }
    if (result instanceof BulkAccount report) {
      return BulkAnswer.of(report);
    }
    if (result instanceof DumpDiff diff) {
      return DumpAnswers.Diff.of(diff);
    }
    throw new IllegalStateException("there is no answer for a " + result.getClass());
  }

  /** A dump was made. */
  DumpAnswers.Dumped dumped(DumpResult report) {
    return DumpAnswers.Dumped.of(report, service.dumpFile());
  }

  /** The problem that the request would have been answered with, had its client waited. */
  private ProblemAnswer error(Throwable failure, String id) {
    Problem problem = failure instanceof CacheException known
        ? Problems.of(known)
        : Problems.logged("the id of this job");
    return ProblemAnswer.of(problem, location(id));
  }
}
