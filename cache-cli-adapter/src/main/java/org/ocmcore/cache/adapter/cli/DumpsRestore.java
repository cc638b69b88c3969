package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cache dumps restore}. */
@Command(
    name = "restore",
    header = "Let a service restore one of its dumps.",
    description = {
      "The dump is checked whole before the first entry is stored. Ctrl-C cancels the restore; what is",
      "stored stays. Production refuses it, also --dry-run, unless it is allowed. A file of this machine",
      "is restored by cache restore."
    })
final class DumpsRestore extends Verb {
  private static final ProgressLine PROGRESS =
      new ProgressLine("restore", "entries", "checking the dump");

  @Parameters(paramLabel = "NAME", description = "a dump, as dumps ls names it")
  private String name;

  @Mixin
  private RestoreOptions options;

  @Mixin
  private OutputOptions output;

  @Mixin
  private QuietOption quiet;

  @Mixin
  private ServiceOptions service;

  DumpsRestore(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    Map<String, Object> fields = options.fields();
    fields.put("name", name);
    RestClient api = service.require(context());
    context().messages().printPart("on " + new ServiceTarget(api).place());
    JobView ended;
    try (ProgressWatcher watcher =
        new ProgressWatcher(context(), quiet.style(context()), PROGRESS)) {
      ended = FollowedJob.execute(api, "POST", "restore/", fields, watcher);
    }
    return report(ended);
  }

  /** A restore that has stopped has its account as well. */
  private int report(JobView ended) {
    boolean hasAccount = ended.result().has("left_count");
    if (!hasAccount && ended.state().equals("cancelled")) {
      return RestoreReport.cancelled(0, options.isDryRun(), context());
    }
    RestoredView restored = hasAccount
        ? RestClient.parse(ended.result(), RestoredView.class)
        : ended.resultAs(RestoredView.class);
    RestoreReport.print(ended.failure().map(restored::failed).orElse(restored), output, context());
    if (ended.state().equals("cancelled")) {
      return RestoreReport.cancelled(restored.restored(), options.isDryRun(), context());
    }
    if (ended.error().isObject()) {
      throw RequestProblem.of(ended.error());
    }
    return restored.damages().isEmpty() && restored.refused().isEmpty()
        ? Exit.DONE
        : Exit.INCOMPLETE;
  }
}
