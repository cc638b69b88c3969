package org.ocmcore.cache.adapter.cli;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cache completion}: prints a script for a shell. */
@Command(
    name = "completion",
    header = "Print a script that completes verbs and options in a shell.",
    description = {
      "For bash: source <(cache completion bash). For zsh the same, after",
      "autoload -Uz compinit bashcompinit && compinit && bashcompinit. For fish: cache completion fish |",
      "source. The script needs no Java."
    })
final class CompletionCommand extends Verb {
  private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  @Parameters(paramLabel = "bash|zsh|fish", description = "the shell")
  private String shell;

  @Spec
  private CommandSpec spec;

  CompletionCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() {
    if (!SHELLS.contains(shell)) {
      throw new WrongUsage("there is no completion for \"%s\"; it must be %s"
          .formatted(shell, String.join(", ", SHELLS)));
    }
    CompletionWords.addTo(spec.root());
    String script = shell.equals("fish")
        ? FishCompletion.of(spec.root())
        : withPlainFiles(AutoComplete.bash("cache", spec.root().commandLine()));
    // The shell reads it, and needs its tabs.
    context().rawOut().print(script);
    context().rawOut().flush();
    return Exit.DONE;
  }

  /**
   * The same without names of files as the list of words of {@code compgen -W}, which executes the
   * commands in it.
   */
  private static String withPlainFiles(String bash) {
    return bash.replace(
        "positionals=$( compgen -f -- \"${curr_word}\" ) # files",
        "COMPREPLY=( $( compgen -f -- \"${curr_word}\" ) ) # files\n      return $?");
  }
}
