package org.ocmcore.cache.adapter.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A noun whose verbs follow it, such as {@code dumps ls}. */
abstract class VerbGroup implements Callable<Integer> {
  private final Map<String, Verb> verbs;

  @Spec
  private CommandSpec spec;

  @Mixin
  private HelpOption help;

  /** @param verbs by their names, in the order of the help */
  VerbGroup(Map<String, Verb> verbs) {
    this.verbs = verbs;
  }

  /** The group with its verbs. */
  final CommandLine commandLine() {
    CommandLine group = new CommandLine(this);
    verbs.forEach(group::addSubcommand);
    return group;
  }

  @Override
  public final Integer call() {
    throw new WrongUsage("%s needs a verb: %s"
        .formatted(spec.name(), String.join(", ", spec.subcommands().keySet())));
  }
}
