package org.ocmcore.cache.adapter.http;

import org.ocmcore.cache.domain.access.Role;

/** What the document says of the endpoints about jobs. */
final class JobDescriptions {
  private static final String GROUP = "jobs";

  private JobDescriptions() {}

  static Description list() {
    return Description.of("listJobs", GROUP, Role.VIEWER, "The jobs, newest first")
        .answers(200, "the jobs", JobAnswer.Listed.class);
  }

  static Description job() {
    return Description.of("getJob", GROUP, Role.VIEWER, "One job")
        .in(ApiFields.JOB)
        .answers(200, "the job", JobAnswer.class);
  }

  static Description cancel() {
    return Description.of(
            "cancelJob",
            GROUP,
            Role.OPERATOR,
            "Cancel a job; needs `dump` for a dump, and `manage` for others")
        .in(ApiFields.JOB)
        .answers(200, "the job was over", JobAnswer.Changed.class)
        .answers(202, "the job will end", JobAnswer.Changed.class);
  }

  static Description events() {
    return Description.of("followJob", GROUP, Role.VIEWER, "The progress of a job as it happens")
        .in(ApiFields.JOB)
        .answersAs(200, "events `progress`, and one with the final state", "text/event-stream");
  }
}
