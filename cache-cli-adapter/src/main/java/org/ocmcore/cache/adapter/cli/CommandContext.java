package org.ocmcore.cache.adapter.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What a command works with.
 *
 * @param in the standard input
 * @param out receives results
 * @param err receives messages, questions and progress
 * @param errTerminal whether {@code err} is a terminal; is asked when it matters
 * @param environment the environment variables
 * @param colors which streams have colours
 * @param interruption notifies the command when the process must end
 */
public record CommandContext(
    InputStream in,
    PrintStream out,
    PrintStream err,
    BooleanSupplier errTerminal,
    Colors colors,
    Map<String, String> environment,
    Interruption interruption,
    Clock clock) {
  public CommandContext {
    out = printable(out, colors::onOut);
    err = printable(err, colors::onErr);
    environment = Map.copyOf(environment);
  }

  /** Without colours. */
  public CommandContext(
      InputStream in,
      PrintStream out,
      PrintStream err,
      boolean interactive,
      Map<String, String> environment,
      Interruption interruption,
      Clock clock) {
    this(in, out, err, () -> interactive, Colors.none(), environment, interruption, clock);
  }

  private static PrintableStream printable(PrintStream stream, BooleanSupplier isColoured) {
    PrintStream target =
        stream instanceof PrintableStream printable ? printable.unescaped() : stream;
    return new PrintableStream(target, true, isColoured);
  }

  /** Whether {@code err} is a terminal. */
  boolean isInteractive() {
    return errTerminal.getAsBoolean();
  }

  /** Whether a question can be asked: standard input and standard error are a terminal. */
  boolean canAsk() {
    return isInteractive() && Terminal.isStandardInput();
  }

  /** Whether there is a whole screen: standard input and output are a terminal that has one. */
  boolean canDraw() {
    return !environment.getOrDefault("TERM", "dumb").equals("dumb")
        && colors.isOutTerminal()
        && Terminal.isStandardInput();
  }

  /** The standard output without escapes, for bytes that somebody has asked for. */
  PrintStream rawOut() {
    return ((PrintableStream) out).unescaped();
  }

  /** Prints an error in one line. */
  void printProblem(String message) {
    Style.ERROR.println(err, "cache: " + message);
  }

  /** Prints a message in one line. */
  void printMessage(String message) {
    err.println("cache: " + message);
  }
}
