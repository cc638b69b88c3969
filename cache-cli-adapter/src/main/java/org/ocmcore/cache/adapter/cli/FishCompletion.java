package org.ocmcore.cache.adapter.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A script by which fish completes the verbs and options of a command. */
final class FishCompletion {
  private final StringBuilder script = new StringBuilder("""
      # Completes the command cache in fish; made by: cache completion fish
      function __cache_words
        set -l words (commandline -opc)
        set -e words[1]
        string match -v -- '-*' $words
      end
      # Whether the first words of the command line are these.
      function __cache_verb
        set -l words (__cache_words)
        set -l count (count $argv)
        test (count $words) -ge $count; and test "$words[1..$count]" = "$argv"
      end
      # Whether the words are these and no verb of a group follows yet.
      function __cache_group
        test (string join ' ' (__cache_words)) = "$argv"
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
    if (!words.isEmpty() && verb.subcommands().isEmpty()) {
      verb.options().forEach(option -> add(option, words));
    }
  }

  private void add(OptionSpec option, List<String> words) {
    StringBuilder names = new StringBuilder();
    for (String name : option.names()) {
      String bare = name.replaceFirst("^--?", "");
      names.append(name.startsWith("--") ? " -l " : " -s ").append(bare);
    }
    String choices = option.arity().max() == 0 ? "" : " -x" + choices(option.paramLabel());
    line(
        "-n %s%s%s -d %s",
        quoted("__cache_verb " + quotedWords(words)),
        names,
        option.paramLabel().endsWith("FILE") ? " -r -F" : choices,
        quoted(first(option.description())));
  }

  /** The values of an option that are words, such as {@code table|json}. */
  private static String choices(String label) {
    return label.matches("[a-z0-9-]+(\\|[a-z0-9-]+)+")
        ? " -a " + quoted(label.replace('|', ' '))
        : "";
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
