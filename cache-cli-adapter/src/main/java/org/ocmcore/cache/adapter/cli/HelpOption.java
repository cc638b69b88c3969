package org.ocmcore.cache.adapter.cli;

import picocli.CommandLine.Option;

/** The option that every verb has. */
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this text")
  private boolean isWanted;
}
