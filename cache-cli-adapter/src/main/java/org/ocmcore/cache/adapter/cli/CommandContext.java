package org.ocmcore.cache.adapter.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a command works with. */
public final class CommandContext {
  private final InputStream in;
  private final ResultOutput result;
  private final PrintableStream out;
  private final PrintableStream err;
  private final BooleanSupplier errTerminal;
  private final Colors colors;
  private final Map<String, String> environment;
  private final Interruption interruption;
  private final Clock clock;
  private final Messages messages;

  /**
   * @param in the standard input
   * @param out receives results, in UTF-8
   * @param err receives messages, questions and progress
   * @param errTerminal whether {@code err} is a terminal; is asked when it matters
   * @param colors which streams have colours
   * @param environment the environment variables
   * @param interruption notifies the command when the process must end
   */
  public CommandContext(
      InputStream in,
      OutputStream out,
      PrintStream err,
      BooleanSupplier errTerminal,
      Colors colors,
      Map<String, String> environment,
      Interruption interruption,
      Clock clock) {
    this.in = in;
    this.result = new ResultOutput(out);
    this.out = new PrintableStream(
        new PrintStream(new BufferedOutputStream(result), true, StandardCharsets.UTF_8),
        true,
        colors::onOut);
    PrintStream plain = err instanceof PrintableStream printable ? printable.unescaped() : err;
    this.err = new PrintableStream(plain, true, colors::onErr);
    this.errTerminal = errTerminal;
    this.colors = colors;
    this.environment = Map.copyOf(environment);
    this.interruption = interruption;
    this.clock = clock;
    this.messages = new Messages(this.err);
  }

  /** Without colours. */
  public CommandContext(
      InputStream in,
      OutputStream out,
      PrintStream err,
      boolean interactive,
      Map<String, String> environment,
      Interruption interruption,
      Clock clock) {
    this(in, out, err, () -> interactive, Colors.none(), environment, interruption, clock);
  }

  InputStream in() {
    return in;
  }

  /** Receives results. */
  public PrintStream out() {
    return out;
  }

  /** Receives questions; everything else that is no result goes through {@link #messages}. */
  public PrintStream err() {
    return err;
  }

  /** Whether {@code err} is a terminal. */
  boolean isInteractive() {
    return errTerminal.getAsBoolean();
  }

  Colors colors() {
    return colors;
  }

  /** The environment variables. */
  public Map<String, String> environment() {
    return environment;
  }

  Interruption interruption() {
    return interruption;
  }

  Clock clock() {
    return clock;
  }

  /** What is said beside the result. */
  Messages messages() {
    return messages;
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

  /**
   * Ends the result.
   *
   * @return why it is not whole; empty if it is, or if nobody wants the rest
   */
  Optional<IOException> endResult() {
    rawOut().flush();
    return result.loss();
  }

  /** Whether the standard output takes nothing more. */
  boolean isResultBroken() {
    return rawOut().checkError();
  }

  /** The standard output for bytes, which says at once if it takes nothing more. */
  OutputStream result() {
    return result;
  }

  /** The standard output without escapes, for bytes that somebody has asked for. */
  PrintStream rawOut() {
    return out.unescaped();
  }

  /** Prints an error in one line. */
  void printProblem(String message) {
    messages.printProblem(message);
  }

  /** Prints a message in one line. */
  void printMessage(String message) {
    messages.print(message);
  }
}
