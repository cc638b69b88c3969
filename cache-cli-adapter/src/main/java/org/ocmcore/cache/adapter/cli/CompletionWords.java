package org.ocmcore.cache.adapter.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The words that an argument can be, for completion. */
final class CompletionWords {
  private CompletionWords() {}

  /**
   * The words of a label such as {@code table|json}, without those in capitals, which stand for
   * something. Empty if there is none.
   */
  static List<String> of(ArgSpec argument, CommandSpec root) {
    String label = argument.paramLabel();
    if (!argument.isOption() && label.matches("VERB|COMMAND")) {
      return List.copyOf(root.subcommands().keySet());
    }
    return Arrays.stream(label.split("\\|"))
        .filter(word -> word.matches("[a-z0-9][a-z0-9-]*"))
        .toList();
  }

  /** Whether an argument is the name of a file. */
  static boolean isFile(ArgSpec argument) {
    return argument.paramLabel().matches("(FILE|DUMP|A|B)");
  }

  /** Gives the words to picocli, which knows only those of enums. Changes the model. */
  static void addTo(CommandSpec verb) {
    verb.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .forEach(CompletionWords::addTo);
    for (OptionSpec option : new ArrayList<>(verb.options())) {
      List<String> words = of(option, verb.root());
      if (!words.isEmpty() && option.arity().max() > 0 && option.completionCandidates() == null) {
        verb.remove(option);
        verb.addOption(OptionSpec.builder(option).completionCandidates(words).build());
      }
    }
    for (PositionalParamSpec word : new ArrayList<>(verb.positionalParameters())) {
      List<String> words = of(word, verb.root());
      if (!words.isEmpty()) {
        verb.remove(word);
        verb.addPositional(
            PositionalParamSpec.builder(word).completionCandidates(words).build());
      }
    }
  }
}
