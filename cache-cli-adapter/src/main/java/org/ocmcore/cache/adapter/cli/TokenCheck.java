package org.ocmcore.cache.adapter.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.access.Token;
import org.ocmcore.cache.domain.access.Tokens;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cache token check}. */
@Command(
    name = "check",
    header = "Say whose token standard input holds, and whether it is valid.",
    description = "Exit status 1 if the file has no such token, or if it has expired.")
final class TokenCheck extends Verb {
  @Mixin
  private TokenFileOption file;

  @Mixin
  private OutputOptions output;

  TokenCheck(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    Path path = file.require(context());
    Tokens tokens = TokenFileOption.read(path, host());
    if (context().isInteractive()) {
      context().printMessage("type the token:");
    }
    String secret = new BufferedReader(
            new InputStreamReader(context().in(), StandardCharsets.UTF_8))
        .readLine();
    Optional<Token> found = secret == null || secret.isBlank()
        ? Optional.empty()
        : tokens.find(Token.hash(secret.strip()));
    if (found.isEmpty()) {
      new MessageView("unknown: no token in " + path + " is this one").print(output, context());
      return Exit.FAILED;
    }
    TokenView view = TokenView.of(found.get(), context().clock().instant());
    if (output.isTable()) {
      context().out().println((view.expired() ? "expired: " : "valid: ") + view.inWords());
    } else {
      output.print(view, List.of(view), TokenView.COLUMNS, context());
    }
    return view.expired() ? Exit.FAILED : Exit.DONE;
  }
}
