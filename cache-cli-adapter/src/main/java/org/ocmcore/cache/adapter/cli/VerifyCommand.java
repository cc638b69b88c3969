package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
final class VerifyCommand implements Callable<Integer> {
  private static final ProgressLine PROGRESS =
      new ProgressLine("verify", "entries", "checking the dump");

  private final CommandHost host;
  private final CommandContext context;

  @Parameters(paramLabel = "FILE", converter = FileArgument.class, description = "the file")
  private Path file;

  @Mixin
  private FileOptions opening;

  @Mixin
  private QuietOption quiet;

  @Mixin
  private HelpOption help;

  VerifyCommand(CommandHost host, CommandContext context) {
    this.host = host;
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DumpFile dump = opening.open(file, host, context);
    try (Foreground foreground = new Foreground(context, host, quiet.style(context))) {
      return report(foreground.runInterruptibly(PROGRESS, progress -> dump.describe()));
    } catch (DumpUnusable e) {
      // This is the result of the command, not a failure of it.
      context.out().println(e.getMessage());
      return Exit.DAMAGED;
    }
  }

  private int report(DumpInfo dump) {
    if (!dump.valid() && dump.damages().get(0).length() == dump.bytes()) {
      context.out().println("no dump: " + dump.damages().get(0).reason());
      return Exit.DAMAGED;
    }
    if (!dump.valid()) {
      context.out().println("damaged: " + Reports.summary(dump));
      dump.damages().forEach(damage -> context.out().println("  " + damage));
      return Exit.DAMAGED;
    }
    context.out().println("valid: " + Reports.summary(dump));
    List<String> missing = dump.account().map(Reports::missing).orElse(List.of());
    missing.forEach(keys -> context.out().println("  " + keys));
    return missing.isEmpty() ? Exit.DONE : Exit.INCOMPLETE;
  }
}
