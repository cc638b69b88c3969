package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cache rm}: deletes keys. */
@Command(
    name = "rm",
    header = "Delete keys: named ones, or all that pass filters.",
    description = {
      "Named keys are deleted at once; exit status 6 if one is not there. For filters, shows how many",
      "keys match and where, and deletes them when you type their number. Production refuses it."
    })
final class RmCommand extends Verb {
  @Mixin
  private ChangeOptions keys;

  @Mixin
  private OutputOptions output;

  @Mixin
  private TargetOptions target;

  RmCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    keys.requireClear();
    CommandTarget.ChangeOrder change =
        new CommandTarget.ChangeOrder(Optional.empty(), 0, keys.rate());
    try (CommandTarget cache = target.open(host(), context())) {
      return keys.execute(cache, change, output, context(), host().pause());
    }
  }
}
