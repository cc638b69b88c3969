package org.ocmcore.cache.adapter.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with arguments. */
final class ArgumentProblem {
  private ArgumentProblem() {}

  /** In one line. @param arguments all of the command line */
  static String of(ParameterException failure, List<String> arguments) {
    return failure instanceof UnmatchedArgumentException unmatched
        ? of(unmatched, failure.getCommandLine().getCommandSpec(), arguments)
        : failure.getMessage();
  }

  /** People rarely mistake the first letter, and the suggestions know no measure. */
  private static boolean beginAlike(String likely, String word) {
    int first = likely.startsWith("--") ? 2 : 0;
    return word.length() > first && likely.charAt(first) == word.charAt(first);
  }

  private static String of(
      UnmatchedArgumentException failure, CommandSpec command, List<String> arguments) {
    String word = failure.getUnmatched().get(0);
    int end = arguments.indexOf("--");
    boolean isAfterEnd = end >= 0 && end < arguments.lastIndexOf(word);
    boolean isOption = word.startsWith("-") && !isAfterEnd;
    Set<String> verbs = command.subcommands().keySet();
    String hint = failure.getSuggestions().stream()
        .filter(likely -> beginAlike(likely, word))
        .findFirst()
        .map(likely -> "; did you mean " + likely + "?")
        .orElse("");
    if (isOption) {
      return "Unknown option: '%s'%s"
          .formatted(
              word,
              verbs.isEmpty() || command.parent() == null
                  ? hint
                  : "; options follow the verb: " + String.join(", ", verbs));
    }
    if (verbs.isEmpty()) {
      return "\"%s\" is one word too many".formatted(word);
    }
    if (verbs.contains(word)) {
      return "-- stands before the verb %s; it must follow the verb".formatted(word);
    }
    return command.parent() == null
        ? "unknown verb: %s%s".formatted(word.isEmpty() ? "\"\"" : word, hint)
        : "%s has no verb \"%s\"; it must be %s"
            .formatted(command.name(), word, String.join(", ", verbs));
  }
}
