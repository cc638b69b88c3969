package org.ocmcore.cache.adapter.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cache help}: says what a verb does. */
@Command(name = "help", header = "Say what a verb does, as its --help does.")
final class HelpCommand extends Verb {
  @Parameters(paramLabel = "VERB", arity = "0..*", description = "a verb, such as keys or dumps ls")
  private List<String> words = List.of();

  @Spec
  private CommandSpec spec;

  HelpCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() {
    NamedVerb.find(spec.root().commandLine(), words).usage(context().out());
    return Exit.DONE;
  }
}
