package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.Lifetime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cache touch}: gives keys a new lifetime. */
@Command(
    name = "touch",
    header = "Give keys a new lifetime: named ones, or all that pass filters.",
    description = {
      "Neither reads nor writes values. Named keys are changed at once; exit status 6 if one is not",
      "there. For filters, shows how many keys match, and changes them when you type their number.",
      "Production refuses it."
    })
final class TouchCommand extends Verb {
  @Option(
      names = "--ttl",
      paramLabel = "TIME|never",
      description = "the new lifetime, such as 90s, 2h or 7d; needed unless --plan says it")
  private String ttl;

  @Option(
      names = "--jitter",
      paramLabel = "0..1",
      description =
          "shorten each lifetime by a random part of up to this share, so that not all end together")
  private String jitter = "0";

  @Mixin
  private ChangeOptions keys;

  @Mixin
  private OutputOptions output;

  @Mixin
  private TargetOptions target;

  TouchCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    keys.requireClear();
    CommandTarget.ChangeOrder change =
        new CommandTarget.ChangeOrder(Optional.of(lifetime()), share(), keys.rate());
    try (CommandTarget cache = target.open(host(), context())) {
      return keys.execute(cache, change, output, context(), host().pause());
    }
  }

  private Lifetime lifetime() {
    if (keys.isPlanned() && ttl == null) {
      return Lifetime.FOREVER;
    }
    if (keys.isPlanned()) {
      throw new WrongUsage("--plan says the lifetime; leave out --ttl");
    }
    if (ttl == null) {
      throw new WrongUsage("which lifetime? Give --ttl, such as --ttl 2h or --ttl never");
    }
    return LifetimeArgument.parse("--ttl", ttl);
  }

  private double share() {
    try {
      double share = Double.parseDouble(jitter);
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // Reported below like a share out of bounds.
    }
    throw FilterOptions.wrong("--jitter", jitter, "it must be a number from 0 to 1");
  }
}
