package org.ocmcore.cache.adapter.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.access.Tokens;
import picocli.CommandLine.Option;

/** Which file of tokens a verb is about. */
final class TokenFileOption {
  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "the file of tokens; instead of CACHE_TOKENS_FILE")
  private String file;

  /**
   * The file that the option or the environment names; empty if neither does.
   *
   * @throws WrongUsage if it is no path
   */
  Optional<Path> find(CommandContext context) {
    String text = Optional.ofNullable(file)
        .orElseGet(() -> context.environment().getOrDefault("CACHE_TOKENS_FILE", ""));
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip()));
    } catch (InvalidPathException e) {
      throw new WrongUsage("\"%s\" is no path: %s".formatted(text, e.getReason()));
    }
  }

  /**
   * The same for a verb that needs it.
   *
   * @throws WrongUsage if none is named
   */
  Path require(CommandContext context) {
    return find(context)
        .orElseThrow(() ->
            new WrongUsage("no file of tokens is named: set CACHE_TOKENS_FILE, or give --file"));
  }

  /**
   * The tokens of a file.
   *
   * @throws InvalidSettings if it cannot be read, or is no file of tokens
   */
  static Tokens read(Path path, CommandHost host) {
    try {
      return host.tokens(path);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettings(List.of(path + ": " + e.getMessage()));
    }
  }
}
