package org.ocmcore.cache.adapter.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/**
 * What a command works with.
 *
 * @param in the standard input
 * @param out receives results
 * @param err receives messages, questions and progress
 * @param interactive whether {@code err} is a terminal
 * @param environment the environment variables
 * @param interruption notifies the command when the process must end
 */
public record CommandContext(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean interactive,
    Map<String, String> environment,
    Interruption interruption,
    Clock clock) {
  public CommandContext {
    out = printable(out);
    err = printable(err);
    environment = Map.copyOf(environment);
  }

  private static PrintableStream printable(PrintStream stream) {
    return stream instanceof PrintableStream printable ? printable : new PrintableStream(stream);
  }

  /** Whether a question can be asked: standard input and standard error are a terminal. */
  boolean canAsk() {
    return interactive && Terminal.isStandardInput();
  }

  /** The standard output without escapes, for bytes that somebody has asked for. */
  PrintStream rawOut() {
    return ((PrintableStream) out).unescaped();
  }

  /** Prints a message in one line. */
  void printMessage(String message) {
    err.println("cache: " + message);
  }
}
