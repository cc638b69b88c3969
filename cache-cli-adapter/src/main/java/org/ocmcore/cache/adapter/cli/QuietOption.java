package org.ocmcore.cache.adapter.cli;

import picocli.CommandLine.Option;

/** The option of verbs that show progress. */
final class QuietOption {
  @Option(names = "--quiet", description = "show no progress")
  private boolean isQuiet;

  /** The style of the progress display. */
  ProgressDisplay.Style style(CommandContext context) {
    if (isQuiet) {
      return ProgressDisplay.Style.NONE;
    }
    return context.isInteractive() && !context.messages().areJson()
        ? ProgressDisplay.Style.BAR
        : ProgressDisplay.Style.LINES;
  }
}
