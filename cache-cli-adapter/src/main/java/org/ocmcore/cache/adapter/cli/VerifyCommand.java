package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cache verify}: checks a dump file and reports its damages. */
@Command(
    name = "verify",
    header = "Check a dump, or a file of another tool, and report its damages.",
    description = {
      "FILE is read whole and not changed. Exit status 5 if it is damaged, 4 if it lacks keys.",
      "Needs no settings and asks no server."
    })
final class VerifyCommand extends Verb {
  private static final ProgressLine PROGRESS =
      new ProgressLine("verify", "entries", "checking the dump");

  @Parameters(paramLabel = "FILE", converter = FileArgument.class, description = "the file")
  private Path file;

  @Mixin
  private FileOptions opening;

  @Mixin
  private OutputOptions output;

  @Mixin
  private QuietOption quiet;

  VerifyCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    DumpFile dump = opening.open(file, host(), context());
    try (Foreground foreground = new Foreground(context(), host(), quiet.style(context()))) {
      return report(foreground.runInterruptibly(PROGRESS, progress -> dump.describe()));
    } catch (DumpUnusable e) {
      // This is the result of the command, not a failure of it.
      new MessageView(e.getMessage()).print(output, context());
      return Exit.DAMAGED;
    }
  }

  private int report(DumpInfo dump) {
    List<String> missing = dump.account().map(Reports::missing).orElse(List.of());
    if (output.isTable()) {
      printPlain(dump, missing);
    } else {
      DescriptionView described = DescriptionView.of(dump);
      output.print(described, List.of(described), DescriptionView.COLUMNS, context());
    }
    if (!dump.valid()) {
      return Exit.DAMAGED;
    }
    return missing.isEmpty() ? Exit.DONE : Exit.INCOMPLETE;
  }

  private void printPlain(DumpInfo dump, List<String> missing) {
    if (dump.valid()) {
      context().out().println("valid: " + Reports.summary(dump));
      missing.forEach(keys -> context().out().println("  " + keys));
    } else if (dump.damages().get(0).length() == dump.bytes()) {
      context().out().println("no dump: " + dump.damages().get(0).reason());
    } else {
      context().out().println("damaged: " + Reports.summary(dump));
      dump.damages().forEach(damage -> context().out().println("  " + damage));
    }
  }
}
