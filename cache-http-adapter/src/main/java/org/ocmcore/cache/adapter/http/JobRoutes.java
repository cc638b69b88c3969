package org.ocmcore.cache.adapter.http;

import io.javalin.http.HandlerType;
import java.util.AbstractList;
import java.util.List;
import java.util.Set;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobSnapshot;

/** The routes that list and cancel jobs; clients follow jobs through {@link EventStreams}. */
final class JobRoutes {
  private final JobAnswers answers;

  JobRoutes(JobAnswers answers) {
    this.answers = answers;
  }

  List<Route<?>> routes() {
    return List.of(
        Route.reading("/jobs", JobDescriptions::list, Route.Empty::parse, this::list),
        Route.reading("/jobs/{id}", JobDescriptions::job, JobRequest::parse, this::job),
        Route.management(
            HandlerType.DELETE,
            "/jobs/{id}",
            JobDescriptions::cancel,
            CacheAdmin::requireCancelAllowed,
            Set.of(),
            JobRequest::parse,
            this::cancel));
  }

  private HttpAnswer list(Route.Empty request, CallerUseCases cases) {
    List<JobSnapshot> jobs = cases.reader().jobs().stream().map(Job::snapshot).toList();
    // The results of all at once may be more than the memory has room for.
    return HttpAnswer.ok(new JobAnswer.Listed(new AbstractList<>() {
      @Override
      public JobAnswer get(int index) {
        return answers.of(jobs.get(index));
      }

      @Override
      public int size() {
        return jobs.size();
      }
    }));
  }

  private HttpAnswer job(JobRequest request, CallerUseCases cases) {
    return HttpAnswer.ok(answers.of(cases.reader().job(request.id()).snapshot()));
  }

  private HttpAnswer cancel(JobRequest request, CallerUseCases cases) {
    JobSnapshot job = cases.admin().cancel(request.id()).snapshot();
    boolean isOver = job.state().isFinal();
    String message =
        "Job '%s' is %s".formatted(job.id(), isOver ? JobAnswer.name(job.state()) : "to end");
    return HttpAnswer.withStatus(
        isOver ? 200 : 202, new JobAnswer.Changed(message, answers.of(job)));
  }
}
