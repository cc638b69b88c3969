package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A verb: it has what every verb has, and gives an exit status when it is called. */
abstract class Verb implements Callable<Integer> {
  private final CommandHost host;
  private final CommandContext context;

  @Mixin
  private HelpOption help;

  Verb(CommandHost host, CommandContext context) {
    this.host = host;
    this.context = context;
  }

  final CommandHost host() {
    return host;
  }

  final CommandContext context() {
    return context;
  }

  /** @return see {@link Exit} */
  @Override
  public abstract Integer call() throws IOException;
}
