package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
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

  JobsFollow(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    RestClient api = service.require(context());
    ProgressLine line = new ProgressLine("job", "items", "waiting");
    try (ProgressWatcher watcher = new ProgressWatcher(
        context(), output.isStream() ? ProgressDisplay.Style.NONE : quiet.style(context()), line)) {
      return report(new FollowedJob(api, id).follow(watcher, this::changed));
    }
  }

  private void changed(JobView job) {
    if (output.isStream()) {
      context().out().println(JsonOutput.line(job));
    }
  }

  private int report(Optional<JobView> last) {
    if (last.isEmpty()) {
      context().printMessage("the job goes on; cache jobs cancel %s ends it".formatted(id));
      return Exit.FAILED;
    }
    if (!output.isStream()) {
      JobReport.print(last.get(), output, context());
    }
    return last.get().state().equals("done") ? Exit.DONE : Exit.FAILED;
  }
}
