package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cache jobs cancel}. */
@Command(
    name = "cancel",
    header = "Cancel a job of a service.",
    description = {
      "What the job has done stays done. Returns at once; cache jobs follow ID waits for the end. Exit",
      "status 6 if there is no such job."
    })
final class JobsCancel extends Verb {
  @Parameters(paramLabel = "ID", description = "a job, as jobs ls names it")
  private String id;

  @Mixin
  private OutputOptions output;

  @Mixin
  private ServiceOptions service;

  JobsCancel(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    service
        .require(context())
        .send("DELETE", JobsCommand.path(id) + "/", Map.of(), MessageView.class)
        .print(output, context());
    return Exit.DONE;
  }
}
