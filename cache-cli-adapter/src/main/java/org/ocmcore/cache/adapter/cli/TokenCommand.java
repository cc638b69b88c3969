package org.ocmcore.cache.adapter.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ocmcore.cache.domain.access.Role;
import org.ocmcore.cache.domain.access.Token;
import org.ocmcore.cache.domain.access.Tokens;
import org.ocmcore.cache.domain.key.AppScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache token}: makes tokens for callers of the API, and looks at those in a file. */
@Command(
    name = "token",
    header = "Make tokens for callers of the API, and look at those in a file.",
    description = {
      "create NAME prints a new token once, and the line to add to the file. list shows the tokens of",
      "the file. check reads a token from standard input and says whether it is valid."
    })
final class TokenCommand extends Verb {
  @Parameters(index = "0", paramLabel = "create|list|check", description = "what to do")
  private String action;

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "create: its name")
  private String name;

  @Option(
      names = "--role",
      paramLabel = "viewer|reader|operator",
      description = "create: what its holder may do")
  private String role;

  @Option(
      names = "--apps",
      paramLabel = "A,B",
      description = "create: the only apps whose keys its holder sees (default all)")
  private String apps;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "create: its end, such as 2027-01-31T00:00:00Z (default never)")
  private String expires;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "the file of tokens; instead of CACHE_TOKENS_FILE")
  private String file;

  @Mixin
  private OutputOptions output;

  TokenCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  /** A new token. @param line what to add to the file */
  private record Created(String token, String line) {
    static final List<Column<Created>> COLUMNS = List.of(
        Column.text("token", "token", Created::token), Column.text("line", "line", Created::line));
  }

  @Override
  public Integer call() throws IOException {
    if (action.equals("create") && name == null) {
      throw new WrongUsage("token create needs a name: cache token create NAME --role ROLE");
    }
    if (!action.equals("create") && name != null) {
      throw new WrongUsage("token %s takes no more words, \"%s\" is one".formatted(action, name));
    }
    return switch (action) {
      case "create" -> create();
      case "list" -> list();
      case "check" -> check();
      default ->
        throw new WrongUsage(
            "token %s is not known; it must be create, list or check".formatted(action));
    };
  }

  private int create() {
    String secret = Token.newSecret(new SecureRandom());
    Token token = token(Token.hash(secret));
    if (file().isPresent() && read().all().stream().anyMatch(old -> old.name().equals(name))) {
      throw new WrongUsage(
          "%s has a token with the name %s already".formatted(file().get(), name));
    }
    if (!output.isTable()) {
      Created created = new Created(secret, token.line());
      output.print(created, List.of(created), Created.COLUMNS, context());
      return Exit.DONE;
    }
    context().printMessage("the token, which is shown only now:");
    context().out().println(secret);
    context()
        .printMessage("the line to add to %s:"
            .formatted(file().map(Path::toString).orElse("the file of CACHE_TOKENS_FILE")));
    context().out().println(token.line());
    return Exit.DONE;
  }

  private Token token(String hash) {
    Role holder = Optional.ofNullable(role)
        .map(text -> option("--role", text, Role::named))
        .orElseThrow(() -> new WrongUsage("token create needs --role viewer, reader or operator"));
    AppScope scope = Optional.ofNullable(apps)
        .map(text -> option("--apps", text, Token::parseApps))
        .orElse(AppScope.ALL);
    Optional<Instant> end =
        Optional.ofNullable(expires).map(text -> option("--expires", text, Token::parseTime));
    if (end.isPresent() && !end.get().isAfter(now())) {
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

  private Instant now() {
    return context().clock().instant();
  }

  private int list() {
    List<Token> tokens = read().all();
    if (output.isTable()) {
      tokens.forEach(token -> context().out().println(described(token)));
    } else {
      List<TokenView> views = tokens.stream().map(this::view).toList();
      output.print(new TokenView.All(views), views, TokenView.COLUMNS, context());
    }
    if (tokens.isEmpty()) {
      context().printMessage("there are no tokens in %s".formatted(file().orElseThrow()));
    }
    return Exit.DONE;
  }

  private TokenView view(Token token) {
    return TokenView.of(token, now());
  }

  private String described(Token token) {
    return "%s: %s, apps: %s, expires: %s"
        .formatted(token.name(), token.role(), token.apps(), expiry(token));
  }

  private String expiry(Token token) {
    return token
        .expires()
        .map(end -> end + (token.isExpired(now()) ? " (expired)" : ""))
        .orElse("never");
  }

  private int check() throws IOException {
    Tokens tokens = read();
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
      new MessageView("unknown: no token in " + file().orElseThrow() + " is this one")
          .print(output, context());
      return Exit.FAILED;
    }
    boolean isExpired = found.get().isExpired(now());
    if (output.isTable()) {
      context().out().println((isExpired ? "expired: " : "valid: ") + described(found.get()));
    } else {
      TokenView view = view(found.get());
      output.print(view, List.of(view), TokenView.COLUMNS, context());
    }
    return isExpired ? Exit.FAILED : Exit.DONE;
  }

  private Tokens read() {
    Path path = file()
        .orElseThrow(() -> new WrongUsage(
            "no file of tokens is named: set CACHE_TOKENS_FILE, or" + " give --file"));
    try {
      return host().tokens(path);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettings(List.of(path + ": " + e.getMessage()));
    }
  }

  private Optional<Path> file() {
    String text = Optional.ofNullable(file)
        .orElseGet(() -> context().environment().getOrDefault("CACHE_TOKENS_FILE", ""));
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip()));
    } catch (InvalidPathException e) {
      throw new WrongUsage("\"%s\" is no path: %s".formatted(text, e.getReason()));
    }
  }
}
