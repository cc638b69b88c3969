package org.ocmcore.cache.adapter.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ocmcore.cache.domain.access.Role;
import org.ocmcore.cache.domain.access.Token;
import org.ocmcore.cache.domain.key.AppScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache token create}. */
@Command(
    name = "create",
    header = "Make a token for a caller of the API.",
    description = {
      "Prints the token once, and the line to add to the file of tokens, which has only a hash of it.",
      "Writes nothing."
    })
final class TokenCreate extends Verb {
  @Parameters(paramLabel = "NAME", description = "who will hold it; the audit log names it")
  private String name;

  @Option(
      names = "--role",
      required = true,
      paramLabel = "viewer|reader|operator",
      description = "what its holder may do")
  private String role;

  @Option(
      names = "--apps",
      paramLabel = "A,B",
      description = "the only apps whose keys its holder sees (default all)")
  private String apps;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "its end, such as 2027-01-31T00:00:00Z (default never)")
  private String expires;

  @Mixin
  private TokenFileOption file;

  @Mixin
  private OutputOptions output;

  TokenCreate(CommandHost host, CommandContext context) {
    super(host, context);
  }

  /** A new token. @param line what to add to the file */
  private record Created(String token, String line) {
    static final List<Column<Created>> COLUMNS = List.of(
        Column.text("token", "token", Created::token), Column.text("line", "line", Created::line));
  }

  @Override
  public Integer call() {
    String secret = Token.newSecret(new SecureRandom());
    Token token = token(Token.hash(secret));
    Optional<Path> path = file.find(context());
    // The first token comes before its file.
    boolean isThere = path.filter(Files::exists).isPresent();
    if (isThere) {
      requireNewName(path.get());
    }
    if (!output.isTable()) {
      Created created = new Created(secret, token.line());
      output.print(created, List.of(created), Created.COLUMNS, context());
      return Exit.DONE;
    }
    context().printMessage("the token, which is shown only now:");
    context().out().println(secret);
    context()
        .printMessage("the line to add to %s%s:"
            .formatted(
                path.map(Path::toString).orElse("the file of CACHE_TOKENS_FILE"),
                path.isPresent() && !isThere ? ", which is not there yet" : ""));
    context().out().println(token.line());
    return Exit.DONE;
  }

  private void requireNewName(Path path) {
    if (TokenFileOption.read(path, host()).all().stream()
        .anyMatch(old -> old.name().equals(name))) {
      throw new WrongUsage("%s has a token with the name %s already".formatted(path, name));
    }
  }

  private Token token(String hash) {
    Role holder = option("--role", role, Role::named);
    AppScope scope = Optional.ofNullable(apps)
        .map(text -> option("--apps", text, Token::parseApps))
        .orElse(AppScope.ALL);
    Optional<Instant> end =
        Optional.ofNullable(expires).map(text -> option("--expires", text, Token::parseTime));
    if (end.isPresent() && !end.get().isAfter(context().clock().instant())) {
      throw FilterOptions.wrong("--expires", expires, "it is over");
    }
    try {
      return new Token(name, holder, hash, scope, end);
    } catch (IllegalArgumentException e) {
      throw new WrongUsage(e.getMessage());
    }
  }

  private static <T> T option(String name, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw FilterOptions.wrong(name, text, e.getMessage());
    }
  }
}
