package org.ocmcore.cache.adapter.cli;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cache man}: prints a manual page. */
@Command(
    name = "man",
    header = "Print the manual page of the program, or of a verb.",
    description = {
      "In the form that man(1) reads: cache man keys | man -l - shows it, and cache man > cache.1 keeps",
      "it."
    })
final class ManCommand extends Verb {
  @Parameters(paramLabel = "VERB", arity = "0..*", description = "a verb, such as keys or dumps ls")
  private List<String> words = List.of();

  @Spec
  private CommandSpec spec;

  ManCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() {
    CommandSpec verb = NamedVerb.find(spec.root().commandLine(), words).getCommandSpec();
    // Its lines are its own, and what is in them is printable.
    LocalDate today = LocalDate.ofInstant(context().clock().instant(), ZoneOffset.UTC);
    context().rawOut().print(new ManualPage(verb, host().version(), today).text());
    context().rawOut().flush();
    return Exit.DONE;
  }
}
