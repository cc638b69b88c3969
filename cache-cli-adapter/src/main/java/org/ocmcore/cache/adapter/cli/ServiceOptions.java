package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which running service a verb asks, and as whom. */
final class ServiceOptions {
  static final String URL_VARIABLE = "CACHE_URL";
  static final String TOKEN_VARIABLE = "CACHE_TOKEN";

  private static final int MAX_PORT = 65_535;
  private static final Duration MOST_PATIENCE = Duration.ofDays(1);

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the service to ask, such as http://127.0.0.1:8080; instead of CACHE_URL")
  private String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "its first line is the token for the service; instead of CACHE_TOKEN")
  private Path tokenFile;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description =
          "give up when the service says nothing for so long (default 5m, which a search may take)")
  private String timeout = "5m";

  /** Whether an option names a service. */
  boolean isGiven() {
    return url != null;
  }

  /**
   * The service that an option or the environment names; empty if none does.
   *
   * @throws IOException if the file of the token cannot be read
   */
  Optional<RestClient> find(Map<String, String> environment) throws IOException {
    String service = url == null ? environment.getOrDefault(URL_VARIABLE, "") : url;
    return service.isBlank()
        ? Optional.empty()
        : Optional.of(
            new RestClient(address(service.strip()), sendable(token(environment)), patience()));
  }

  /**
   * The same for a verb that needs a service.
   *
   * @throws WrongUsage if none is named
   */
  RestClient require(CommandContext context) throws IOException {
    return find(context.environment())
        .orElseThrow(() -> new WrongUsage(
            "which service? Give --url, such as --url http://127.0.0.1:8080, or set CACHE_URL"));
  }

  private Duration patience() {
    try {
      Duration time = Durations.parse(timeout);
      if (time.isZero() || time.compareTo(MOST_PATIENCE) > 0) {
        throw new IllegalArgumentException("it must be 1ms to 1d");
      }
      return time;
    } catch (IllegalArgumentException e) {
      throw FilterOptions.wrong("--timeout", timeout, e.getMessage());
    }
  }

  private static URI address(String text) {
    try {
      URI address = URI.create(text.contains("://") ? text : "http://" + text);
      if (address.getUserInfo() != null) {
        throw new WrongUsage(
            "--url has a user or a password; a service wants a token: CACHE_TOKEN or --token-file");
      }
      if (address.getRawQuery() != null || address.getRawFragment() != null) {
        throw new WrongUsage(
            "--url has a ? or a #; give the address alone, such as http://127.0.0.1:8080");
      }
      boolean isPort =
          address.getPort() == -1 || address.getPort() > 0 && address.getPort() <= MAX_PORT;
      if (address.getHost() != null && isPort && address.getScheme().matches("https?")) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Reported below like any other text that is no address.
    }
    String rule = "it must be the address of a service, such as http://127.0.0.1:8080";
    // What stands beside an address may be a secret.
    throw text.matches("(?s).*[@?#].*")
        ? new WrongUsage("--url cannot be read: %s, without @, ? or #".formatted(rule))
        : FilterOptions.wrong("--url", text, rule);
  }

  /** Never shows the token. */
  private static Optional<String> sendable(Optional<String> token) {
    if (token.filter(text -> !text.matches("[!-~]+")).isPresent()) {
      throw new WrongUsage(
          "the token has a character that no token has, such as a line end or a space; look at CACHE_TOKEN or --token-file");
    }
    return token;
  }

  private Optional<String> token(Map<String, String> environment) throws IOException {
    if (tokenFile == null) {
      return Optional.ofNullable(environment.get(TOKEN_VARIABLE))
          .map(String::strip)
          .filter(token -> !token.isEmpty());
    }
    try (var lines = Files.lines(tokenFile)) {
      return Optional.of(lines
          .findFirst()
          .map(String::strip)
          .filter(token -> !token.isEmpty())
          .orElseThrow(() -> FilterOptions.wrong(
              "--token-file", tokenFile.toString(), "its first line is empty")));
    } catch (IOException e) {
      throw new IOException(
          "--token-file %s cannot be read: %s".formatted(tokenFile, IoReason.of(e)), e);
    }
  }
}
