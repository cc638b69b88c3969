package org.ocmcore.cache.adapter.cli;

import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code cache} itself: prints what there is. */
@Command(
    name = "cache",
    customSynopsis = "cache [--url URL | --servers H:P,...] VERB",
    header = "Sees, finds, manages, dumps and restores every key on every memcached server.",
    footer = {
      "cache VERB --help says more about a verb.",
      "Settings are environment variables: cache config lists them, docs/settings.md explains them.",
      "",
      Exit.HELP
    })
final class RootCommand implements Runnable {
  private final CommandHost host;
  private final Colors colors;

  @Spec
  private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this text")
  private boolean help;

  RootCommand(CommandHost host, Colors colors) {
    this.host = host;
    this.colors = colors;
  }

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      defaultValue = "auto",
      completionCandidates = ColorWords.class,
      scope = ScopeType.INHERIT,
      description = "colours for people: on terminals unless NO_COLOR is set (default auto)")
  void color(String when) {
    colors.want(when);
  }

  /** For completion. */
  static final class ColorWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("auto", "always", "never").iterator();
    }
  }

  @Option(names = "--version", description = "the version", versionHelp = true)
  void version(boolean isWanted) {
    IVersionProvider provider = () -> new String[] {"Cache App " + host.version()};
    spec.versionProvider(provider);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no verb is given");
  }
}
