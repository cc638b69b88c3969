package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cache jobs ls}. */
@Command(
    name = "ls",
    header = "List the jobs of a service, newest first.",
    description = "The service remembers the last hundred that have ended.")
final class JobsLs extends Verb {
  static final List<Column<JobView>> COLUMNS = List.of(
      Column.text("id", "id", JobView::id),
      Column.text("state", "state", JobView::state),
      Column.count("done", "done", job -> OptionalLong.of(job.progress().done())),
      Column.count("expected", "of", job -> job.progress().expected()),
      Column.text("started_by", "by", JobView::startedBy),
      Column.text("created_at", "created", JobView::createdAt),
      Column.text("kind", "kind", JobView::kind),
      Column.text("about", "about", JobView::about));

  @Mixin
  private OutputOptions output;

  @Mixin
  private ServiceOptions service;

  JobsLs(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    JobView.All all = service.require(context()).get("jobs/", Map.of(), JobView.All.class);
    output.print(all, all.jobs(), COLUMNS, context());
    if (all.jobs().isEmpty()) {
      context().printMessage("the service has had no job since its start");
    }
    return Exit.DONE;
  }
}
