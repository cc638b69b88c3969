package org.ocmcore.cache.adapter.cli;

import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Arguments and settings with bytes that are no text. Java puts a character of its own for these,
 * so they would name something else: another key, another file.
 */
public final class UnreadableArgument {
  private static final char UNREADABLE = '\uFFFD';
  private static final int SHOWN = 60;

  /** How else it can be said, by the name of the argument. */
  private static final Map<String, String> REMEDIES = Map.of(
      "KEY", "write each as \\xHH, or give --base64",
      "VALUE", "give them in a @FILE or on standard input",
      "--prefix", "give --prefix-base64");

  private static final String OTHERWISE = "choose another, or a locale with UTF-8 (LC_ALL)";

  private UnreadableArgument() {}

  /** Whether a text has none of them. */
  public static boolean isReadable(String text) {
    return text.indexOf(UNREADABLE) < 0;
  }

  /** @throws WrongUsage if any argument has some; names the first */
  static void refuse(ParseResult parsed) {
    for (ArgSpec argument : parsed.matchedArgs()) {
      for (String text : argument.originalStringValues()) {
        if (!isReadable(text)) {
          throw of(name(argument), text);
        }
      }
    }
  }

  /** The refusal of a text. @param name of the argument */
  static WrongUsage of(String name, String text) {
    return new WrongUsage(
        "%s is \"%s\": %s".formatted(name, TerminalText.shortened(text, SHOWN), reason(name)));
  }

  /** What is wrong with such an argument, and what to do. @param name of the argument */
  public static String reason(String name) {
    return "it has bytes that are no text; " + REMEDIES.getOrDefault(name, OTHERWISE);
  }

  private static String name(ArgSpec argument) {
    // A label such as VALUE|-|@FILE says what else may stand there.
    return argument instanceof OptionSpec option
        ? option.longestName()
        : argument.paramLabel().split("\\|")[0];
  }
}
