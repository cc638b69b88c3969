package org.ocmcore.cache.adapter.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A script by which fish completes the verbs and options of a command. */
final class FishCompletion {
  private final StringBuilder script = new StringBuilder("""
      # Completes the command cache in fish; made by: cache completion fish
      function __cache_words
        set -l words (commandline -opc)
        set -e words[1]
        while contains -- "$words[1]" --color --url --servers --token-file --timeout --output -o
          set -e words[1..2]
        end
        for word in $words
          string match -q -- '-*' $word; or echo $word
        end
      end
      # Whether the first words of the command line are these.
      function __cache_verb
        set -l words (__cache_words)
        set -l count (count $argv)
        test (count $words) -ge $count; and test "$words[1..$count]" = "$argv"
      end
      # Whether the words are these and no verb of a group follows yet.
      function __cache_group
        set -l words (__cache_words)
        test "$words" = "$argv"
      end
      complete -c cache -f
      """);

  private FishCompletion() {}

  static String of(CommandSpec root) {
    FishCompletion completion = new FishCompletion();
    completion.add(root, List.of());
    return completion.script.toString();
  }

  private void add(CommandSpec verb, List<String> words) {
    for (CommandLine child : verb.subcommands().values()) {
      CommandSpec spec = child.getCommandSpec();
      line(
          "-n %s -a %s -d %s",
          quoted("__cache_group " + quotedWords(words)),
          quoted(spec.name()),
          quoted(first(spec.usageMessage().header())));
      List<String> path = new ArrayList<>(words);
      path.add(spec.name());
      add(spec, path);
    }
    String condition = verb.subcommands().isEmpty() ? "__cache_verb " : "__cache_group ";
    for (OptionSpec option : verb.options()) {
      add(option, condition + quotedWords(words));
    }
    for (PositionalParamSpec word : verb.positionalParameters()) {
      add(word, condition + quotedWords(words));
    }
  }

  private void add(PositionalParamSpec word, String condition) {
    List<String> choices = CompletionWords.of(word, word.command().root());
    if (CompletionWords.isFile(word)) {
      line("-n %s -F", quoted(condition));
    } else if (!choices.isEmpty()) {
      line("-n %s -a %s", quoted(condition), quoted(String.join(" ", choices)));
    }
  }

  private void add(OptionSpec option, String condition) {
    StringBuilder names = new StringBuilder();
    for (String name : option.names()) {
      String bare = name.replaceFirst("^--?", "");
      names.append(name.startsWith("--") ? " -l " : " -s ").append(bare);
    }
    List<String> words = CompletionWords.of(option, option.command().root());
    String choices = words.isEmpty() ? " -x" : " -x -a " + quoted(String.join(" ", words));
    String value = CompletionWords.isFile(option) ? " -r -F" : choices;
    line(
        "-n %s%s%s -d %s",
        quoted(condition),
        names,
        option.arity().max() == 0 ? "" : value,
        quoted(first(option.description())));
  }

  private static String quotedWords(List<String> words) {
    return String.join(" ", words);
  }

  private void line(String format, Object... arguments) {
    script.append("complete -c cache ").append(format.formatted(arguments)).append('\n');
  }

  private static String first(String[] lines) {
    return lines.length == 0 ? "" : lines[0].replace("%%", "%");
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
