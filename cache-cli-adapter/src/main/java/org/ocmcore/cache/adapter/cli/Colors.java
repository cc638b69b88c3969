package org.ocmcore.cache.adapter.cli;

import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Decides which streams have colours: with {@code auto} those that are terminals, unless
 * {@code NO_COLOR} is set and not empty, or {@code TERM} is {@code dumb}. For use by one thread,
 * but for {@link #onOut} and {@link #onErr}.
 */
public final class Colors {
  /** None, since no stream is a terminal. */
  static Colors none() {
    return new Colors(Map.of("NO_COLOR", "1"), () -> false, () -> false);
  }

  private enum When {
    AUTO,
    ALWAYS,
    NEVER
  }

  private final boolean isWelcome;
  private final BooleanSupplier isOutTerminal;
  private final BooleanSupplier isErrTerminal;
  private volatile String wanted = "auto";
  private volatile Boolean outAnswer;

  /**
   * @param environment the environment variables
   * @param isOutTerminal whether standard output is a terminal; is asked once, when it matters
   * @param isErrTerminal the same for standard error
   */
  public Colors(
      Map<String, String> environment,
      BooleanSupplier isOutTerminal,
      BooleanSupplier isErrTerminal) {
    isWelcome = environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    this.isOutTerminal = isOutTerminal;
    this.isErrTerminal = isErrTerminal;
  }

  /** Takes the value of {@code --color}. */
  void want(String word) {
    wanted = word;
  }

  /** @throws WrongUsage if the value of {@code --color} is none */
  void requireKnown() {
    Choice.of("--color", wanted, When.class);
  }

  /** Whether standard output is a terminal. */
  boolean isOutTerminal() {
    if (outAnswer == null) {
      outAnswer = isOutTerminal.getAsBoolean();
    }
    return outAnswer;
  }

  boolean onOut() {
    return isOn() || isAuto() && isOutTerminal();
  }

  boolean onErr() {
    return isOn() || isAuto() && isErrTerminal.getAsBoolean();
  }

  private boolean isOn() {
    return wanted.equals("always");
  }

  private boolean isAuto() {
    return isWelcome && !wanted.equals("never");
  }
}
