package org.ocmcore.cache.app;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpInfo;

/** {@code cache verify}: checks a dump file and reports its damages. */
final class VerifyCommand {
  private static final ProgressLine PROGRESS =
      new ProgressLine("verify", "entries", "checking the dump");

  private final CommandContext context;
  private final CommandLine line;

  VerifyCommand(CommandContext context, CommandLine line) {
    this.context = context;
    this.line = line;
  }

  /**
   * Returns the exit status.
   *
   * @throws IOException if the file cannot be read
   */
  int execute() throws IOException {
    DumpFile file = DumpFile.open(
        line.file().orElseThrow(),
        line.links(),
        line.format(),
        Clock.systemUTC().instant());
    try (Foreground foreground = new Foreground(context, context.style(line), Clock.systemUTC())) {
      return report(foreground.runInterruptibly(PROGRESS, progress -> file.describe()));
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
