package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cache jobs show}. */
@Command(
    name = "show",
    header = "Show a job of a service.",
    description = "Exit status 6 if there is no such job, or it was forgotten.")
final class JobsShow extends Verb {
  @Parameters(paramLabel = "ID", description = "a job, as jobs ls names it")
  private String id;

  @Mixin
  private OutputOptions output;

  @Mixin
  private ServiceOptions service;

  JobsShow(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    JobView job =
        service.require(context()).get(JobsCommand.path(id) + "/", Map.of(), JobView.class);
    JobReport.print(job, output, context());
    return Exit.DONE;
  }
}
