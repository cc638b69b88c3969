package org.ocmcore.cache.app;

import java.io.PrintStream;
import java.util.Map;

/**
 * What a command works with.
 *
 * @param out receives results
 * @param err receives messages and progress
 * @param interactive whether {@code err} is a terminal
 * @param environment the environment variables
 * @param interruption notifies the command when the process must end
 */
record CommandContext(
    PrintStream out,
    PrintStream err,
    boolean interactive,
    Map<String, String> environment,
    Interruption interruption) {
  /** The style of the progress display. */
  ProgressDisplay.Style style(CommandLine line) {
    if (line.flag("quiet")) {
      return ProgressDisplay.Style.NONE;
    }
    return interactive ? ProgressDisplay.Style.BAR : ProgressDisplay.Style.LINES;
  }

  /** Prints a message in one line. */
  void printMessage(String message) {
    err.println("cache: " + message);
  }
}
