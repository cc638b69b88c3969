package org.ocmcore.cache.adapter.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Asks a person before something is lost. */
final class Question {
  private Question() {}

  /**
   * @param script the options that a script gives instead of an answer
   * @throws WrongUsage if nobody can be asked
   */
  static void requireTerminal(CommandContext context, String script) {
    if (!context.canAsk()) {
      throw new WrongUsage(
          "there is no terminal to ask on, so nothing was done; give %s".formatted(script));
    }
  }

  /**
   * Asks for a number to be typed.
   *
   * @param purpose what happens then
   * @throws IOException if standard input cannot be read
   */
  static boolean isConfirmed(CommandContext context, long number, String purpose)
      throws IOException {
    context.err().print("type %d and press Enter %s: ".formatted(number, purpose));
    String typed =
        new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8)).readLine();
    boolean isConfirmed =
        typed != null && typed.strip().replace(",", "").equals(Long.toString(number));
    if (!isConfirmed) {
      context.messages().printFailure("not confirmed: nothing was done", Exit.NOT_CONFIRMED);
    }
    return isConfirmed;
  }
}
