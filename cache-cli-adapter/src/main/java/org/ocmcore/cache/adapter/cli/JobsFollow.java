package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cache jobs follow}. */
@Command(
    name = "follow",
    header = "Follow a job of a service until it has ended.",
    description = {
      "Shows its progress on standard error, and its end on standard output. With -o ndjson, prints the",
      "job at each change. Ctrl-C ends the following, not the job. Exit status 1 if the job failed or",
      "was cancelled."
    })
final class JobsFollow extends Verb {
  @Parameters(paramLabel = "ID", description = "a job, as jobs ls names it")
  private String id;

  @Mixin
  private OutputOptions output;

  @Mixin
  private QuietOption quiet;

  @Mixin
  private ServiceOptions service;

  private volatile boolean isInterrupted;

  JobsFollow(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    RestClient api = service.require(context());
    context().interruption().react(() -> isInterrupted = true);
    Optional<JobView> last = follow(api);
    if (last.isEmpty()) {
      context().printMessage("the job goes on; cache jobs cancel %s ends it".formatted(id));
      return Exit.FAILED;
    }
    if (!output.isStream()) {
      JobReport.print(last.get(), output, context());
    }
    return last.get().state().equals("done") ? Exit.DONE : Exit.FAILED;
  }

  /** The job at its end; empty if this was interrupted before. */
  private Optional<JobView> follow(RestClient api) {
    Instant start = context().clock().instant();
    try (ServerSentEvents events = api.events(JobsCommand.path(id) + "/events", Map.of());
        DrawnLine line = new DrawnLine(context().err())) {
      while (!isInterrupted) {
        for (ServerSentEvents.Event event : events.next()) {
          if (event.isEnd()) {
            throw RequestProblem.unreachable("the service has ended the stream");
          }
          JobView job = event.parse(JobView.class);
          if (output.isStream()) {
            context().out().println(JsonOutput.line(job));
          } else {
            show(job, line, Duration.between(start, context().clock().instant()));
          }
          if (job.isOver()) {
            return Optional.of(job);
          }
        }
      }
      return Optional.empty();
    }
  }

  private void show(JobView job, DrawnLine line, Duration elapsed) {
    ProgressLine text = new ProgressLine(job.kind(), "items", job.state());
    switch (quiet.style(context())) {
      case BAR -> line.draw(text.bar(job.progress().toDomain(), elapsed));
      case LINES -> context().printMessage(text.plain(job.progress().toDomain(), elapsed));
      case NONE -> {
        // Only the end is shown.
      }
    }
  }
}
