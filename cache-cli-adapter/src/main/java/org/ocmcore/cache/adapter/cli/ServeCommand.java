package org.ocmcore.cache.adapter.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cache serve}: runs the service. */
@Command(
    name = "serve",
    header = "Run the service in the foreground; Ctrl-C ends it.",
    description = "Settings are environment variables; cache config lists them.")
final class ServeCommand implements Callable<Integer> {
  private final CommandHost host;

  @Mixin
  private HelpOption help;

  ServeCommand(CommandHost host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    return host.serve();
  }
}
