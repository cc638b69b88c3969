package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.Map;
import org.ocmcore.cache.domain.port.DumpAccount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cache dumps make}. */
@Command(
    name = "make",
    header = "Let a service make a dump.",
    description = {
      "The settings of the service say where it goes and what becomes of older ones. Ctrl-C cancels it;",
      "nothing is kept then. Exit status 4 if keys are missing. Production refuses it unless it is",
      "allowed. A file on this machine is made by cache dump."
    })
final class DumpsMake extends Verb {
  private static final ProgressLine PROGRESS =
      new ProgressLine("dump", "keys", "asking the servers");

  @Mixin
  private OutputOptions output;

  @Mixin
  private QuietOption quiet;

  @Mixin
  private ServiceOptions service;

  DumpsMake(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    RestClient api = service.require(context());
    context().messages().printPart("on " + new ServiceTarget(api).place());
    JobView ended;
    try (ProgressWatcher watcher =
        new ProgressWatcher(context(), quiet.style(context()), PROGRESS)) {
      ended = FollowedJob.execute(api, "POST", "", Map.of(), watcher);
    }
    DumpedView dumped = ended.resultAs(DumpedView.class);
    DumpAccount account = AccountView.toDomain(dumped.servers());
    if (output.isTable()) {
      Reports.account(account).forEach(context().out()::println);
      context()
          .out()
          .printf(
              "%s: %s entries, %s%n",
              dumped.name(), Formats.count(dumped.entries()), output.bytes(dumped.bytes()));
    } else {
      output.print(dumped, dumped.servers(), AccountView.COLUMNS, context());
    }
    Reports.missing(account).forEach(context()::printMessage);
    return dumped.complete() ? Exit.DONE : Exit.INCOMPLETE;
  }
}
