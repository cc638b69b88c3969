package org.ocmcore.cache.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ocmcore.cache.adapter.file.TokenFile;
import org.ocmcore.cache.domain.access.Role;
import org.ocmcore.cache.domain.access.Token;
import org.ocmcore.cache.domain.access.Tokens;
import org.ocmcore.cache.domain.key.AppScope;

/** {@code cache token}: makes tokens for callers of the API, and looks at those in a file. */
final class TokenCommand {
  private final CommandContext context;
  private final CommandLine line;
  private final InputStream in;
  private final Instant now;

  TokenCommand(CommandContext context, CommandLine line, InputStream in, Clock clock) {
    this.context = context;
    this.line = line;
    this.in = in;
    this.now = clock.instant();
  }

  /**
   * Returns the exit status.
   *
   * @throws IOException if the token to check cannot be read
   */
  int execute() throws IOException {
    String action = line.words().get(0);
    boolean isNamed = line.words().size() > 1;
    if (action.equals("create") && !isNamed) {
      throw new WrongUsage("token create needs a name: cache token create NAME --role ROLE");
    }
    if (!action.equals("create") && isNamed) {
      throw new WrongUsage("token %s takes no more words, \"%s\" is one"
          .formatted(action, line.words().get(1)));
    }
    return switch (action) {
      case "create" -> create(line.words().get(1));
      case "list" -> list();
      case "check" -> check();
      default ->
        throw new WrongUsage(
            "token %s is not known; it must be create, list or check".formatted(action));
    };
  }

  private int create(String name) {
    String secret = Token.newSecret(new SecureRandom());
    Token token = token(name, Token.hash(secret));
    if (file().isPresent() && read().all().stream().anyMatch(old -> old.name().equals(name))) {
      throw new WrongUsage(
          "%s has a token with the name %s already".formatted(file().get(), name));
    }
    context.printMessage("the token, which is shown only now:");
    context.out().println(secret);
    context.printMessage("the line to add to %s:"
        .formatted(file().map(Path::toString).orElse("the file of CACHE_TOKENS_FILE")));
    context.out().println(token.line());
    return Exit.DONE;
  }

  private Token token(String name, String hash) {
    Role role = line.text("role")
        .map(text -> option("role", text, Role::named))
        .orElseThrow(() -> new WrongUsage("token create needs --role viewer, reader or operator"));
    AppScope apps =
        line.text("apps").map(text -> option("apps", text, Token::parseApps)).orElse(AppScope.ALL);
    Optional<Instant> expires =
        line.text("expires").map(text -> option("expires", text, Token::parseTime));
    if (expires.isPresent() && !expires.get().isAfter(now)) {
      throw line.wrong("expires", "it is over");
    }
    try {
      return new Token(name, role, hash, apps, expires);
    } catch (IllegalArgumentException e) {
      throw new WrongUsage(e.getMessage());
    }
  }

  private <T> T option(String name, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw line.wrong(name, e.getMessage());
    }
  }

  private int list() {
    List<Token> tokens = read().all();
    tokens.forEach(token -> context.out().println(described(token)));
    if (tokens.isEmpty()) {
      context.printMessage("there are no tokens in %s".formatted(file().orElseThrow()));
    }
    return Exit.DONE;
  }

  private String described(Token token) {
    return "%s: %s, apps: %s, expires: %s"
        .formatted(token.name(), token.role(), token.apps(), expiry(token));
  }

  private String expiry(Token token) {
    return token
        .expires()
        .map(end -> end + (token.isExpired(now) ? " (expired)" : ""))
        .orElse("never");
  }

  private int check() throws IOException {
    Tokens tokens = read();
    if (context.interactive()) {
      context.printMessage("type the token:");
    }
    String secret =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    Optional<Token> found = secret == null || secret.isBlank()
        ? Optional.empty()
        : tokens.find(Token.hash(secret.strip()));
    if (found.isEmpty()) {
      context.out().println("unknown: no token in " + file().orElseThrow() + " is this one");
      return Exit.FAILED;
    }
    boolean isExpired = found.get().isExpired(now);
    context.out().println((isExpired ? "expired: " : "valid: ") + described(found.get()));
    return isExpired ? Exit.FAILED : Exit.DONE;
  }

  private Tokens read() {
    Path file = file()
        .orElseThrow(() -> new WrongUsage(
            "no file of tokens is named: set CACHE_TOKENS_FILE, or" + " give --file"));
    try {
      return TokenFile.read(file);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettings(List.of(file + ": " + e.getMessage()));
    }
  }

  private Optional<Path> file() {
    String text = line.text("file")
        .orElseGet(
            () -> context.environment().getOrDefault(Setting.CACHE_TOKENS_FILE.toString(), ""));
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip()));
    } catch (InvalidPathException e) {
      throw new WrongUsage("\"%s\" is no path: %s".formatted(text, e.getReason()));
    }
  }
}
