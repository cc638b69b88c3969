package org.ocmcore.cache.adapter.http;

import org.ocmcore.cache.domain.access.Role;

/** What the document says of the endpoints about jobs. */
final class JobDescriptions {
  private static final String GROUP = "jobs";

  private JobDescriptions() {}

  static Description list() {
    return Description.of("listJobs", GROUP, Role.VIEWER, "The jobs, newest first")
        .saying("The running and queued ones, and the last 100 that have finished.")
        .answers(200, "the jobs", JobAnswer.Listed.class);
  }

  static Description job() {
    return Description.of("getJob", GROUP, Role.VIEWER, "One job")
        .saying(
            "`state` is `queued`, `running`, `done`, `failed` or `cancelled`; `about` says what the job works on.",
            "`progress` has what is `done` and `expected`, `bytes`, `per_second` over the last ten seconds, `throttled_seconds` and `eta_seconds`; unknown numbers are null.",
            "`result` is the answer that a waiting client gets, and `error` a problem; both are null until they exist.",
            "`cancel_requested` says that somebody has cancelled the job.")
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
        .saying(
            "Server-sent events: one at once, then one after each change, at most two a second.",
            "The data of each event is the job. The last event has the name of the final state.")
        .in(ApiFields.JOB)
        .answersAs(200, "events `progress`, and one with the final state", "text/event-stream");
  }
}
