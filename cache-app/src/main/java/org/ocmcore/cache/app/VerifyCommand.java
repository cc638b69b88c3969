package org.ocmcore.cache.app;

import java.io.IOException;
import java.time.Clock;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpInfo;

/** {@code cache verify}. */
final class VerifyCommand {
  private static final ProgressLine PROGRESS =
      new ProgressLine("verify", "entries", "checking the dump");

  private final CommandContext shell;
  private final CommandLine line;

  VerifyCommand(CommandContext shell, CommandLine line) {
    this.shell = shell;
    this.line = line;
  }

  /** @throws IOException if there is no file to read */
  int run() throws IOException {
    DumpFile file = DumpFile.open(line.file().orElseThrow());
    try (Foreground foreground = new Foreground(shell, shell.style(line), Clock.systemUTC())) {
      return tell(foreground.runInterruptibly(PROGRESS, progress -> file.describe()));
    } catch (DumpUnusable e) {
      // Not a failure but the answer.
      shell.out().println(e.getMessage());
      return Exit.DAMAGED;
    }
  }

  private int tell(DumpInfo dump) {
    if (!dump.valid() && dump.damages().get(0).length() == dump.bytes()) {
      shell.out().println("no dump: " + dump.damages().get(0).reason());
      return Exit.DAMAGED;
    }
    if (!dump.valid()) {
      shell.out().println("damaged: " + Reports.summary(dump));
      dump.damages().forEach(damage -> shell.out().println("  " + damage));
      return Exit.DAMAGED;
    }
    shell.out().println("valid: " + Reports.summary(dump));
    if (!dump.complete()) {
      Reports.missing(dump.account().orElseThrow())
          .forEach(missing -> shell.out().println("  " + missing));
      return Exit.INCOMPLETE;
    }
    return Exit.DONE;
  }
}
