package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache dumps rm}. */
@Command(
    name = "rm",
    header = "Remove dumps of a service.",
    description = {
      "Shows the dumps, and removes them when you type their number. Exit status 6 if there is no such",
      "dump; nothing is removed then. Production refuses it unless it is allowed."
    })
final class DumpsRm extends Verb {
  @Parameters(paramLabel = "NAME", arity = "1..*", description = "dumps, as dumps ls names them")
  private List<String> names;

  @Option(names = "--yes", description = "do not ask, for scripts")
  private boolean isConfirmed;

  @Mixin
  private OutputOptions output;

  @Mixin
  private ServiceOptions service;

  DumpsRm(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    RestClient api = service.require(context());
    if (!isConfirmed) {
      Question.requireTerminal(context(), "--yes");
    }
    context().messages().printPart("on " + new ServiceTarget(api).place());
    Map<String, DumpView> dumps = new LinkedHashMap<>();
    for (String name : names) {
      DumpView dump = api.get(DumpsCommand.path(name) + "/", Map.of(), DumpView.class);
      context()
          .messages()
          .printPart("%s of %s, %s"
              .formatted(
                  dump.name(), dump.createdAt(), Formats.bytes(dump.bytes().orElse(0))));
      dumps.put(name, dump);
    }
    if (!isConfirmed
        && !Question.isConfirmed(context(), dumps.size(), "if they are to be removed")) {
      return Exit.NOT_CONFIRMED;
    }
    for (Map.Entry<String, DumpView> dump : dumps.entrySet()) {
      // The name of the current dump is that of another one when this one is gone.
      Map<String, String> shown = Map.of("created_at", dump.getValue().createdAt());
      api.send("DELETE", DumpsCommand.path(dump.getKey()) + "/", shown, MessageView.class)
          .print(output, context());
    }
    return Exit.DONE;
  }
}
