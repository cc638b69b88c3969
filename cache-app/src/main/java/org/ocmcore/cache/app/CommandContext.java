package org.ocmcore.cache.app;

import java.io.PrintStream;
import java.util.Map;

/**
 * What a command is run in.
 *
 * @param out for results
 * @param err for messages and progress
 * @param interactive whether somebody looks at {@code err} on a terminal
 * @param environment the settings
 * @param interruption tells when the process is to end
 */
record CommandContext(
    PrintStream out,
    PrintStream err,
    boolean interactive,
    Map<String, String> environment,
    Interruption interruption) {
  /** How progress is shown here. */
  ProgressDisplay.Style style(CommandLine line) {
    if (line.flag("quiet")) {
      return ProgressDisplay.Style.NONE;
    }
    return interactive ? ProgressDisplay.Style.BAR : ProgressDisplay.Style.LINES;
  }

  /** Tells something to people, in a line. */
  void say(String message) {
    err.println("cache: " + message);
  }
}
