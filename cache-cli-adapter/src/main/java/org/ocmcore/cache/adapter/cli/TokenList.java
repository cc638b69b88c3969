package org.ocmcore.cache.adapter.cli;

import java.nio.file.Path;
import java.util.List;
import org.ocmcore.cache.domain.access.Token;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cache token list}. */
@Command(name = "list", header = "List the tokens of a file, without their secrets.")
final class TokenList extends Verb {
  @Mixin
  private TokenFileOption file;

  @Mixin
  private OutputOptions output;

  TokenList(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() {
    Path path = file.require(context());
    List<Token> tokens = TokenFileOption.read(path, host()).all();
    List<TokenView> views = tokens.stream()
        .map(token -> TokenView.of(token, context().clock().instant()))
        .toList();
    if (output.isTable()) {
      views.forEach(token -> context().out().println(token.inWords()));
    } else {
      output.print(new TokenView.All(views), views, TokenView.COLUMNS, context());
    }
    if (views.isEmpty()) {
      context().printMessage("there are no tokens in %s".formatted(path));
    }
    return Exit.DONE;
  }
}
