package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a verb finds the cache: a service, or servers directly. */
final class TargetOptions {
  static final String URL_VARIABLE = "CACHE_URL";
  static final String TOKEN_VARIABLE = "CACHE_TOKEN";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the service to ask, such as http://127.0.0.1:8080; instead of CACHE_URL")
  private String url;

  @Option(
      names = "--servers",
      paramLabel = "H:P,...",
      description = "ask these servers directly; instead of MEMCACHED_SERVERS")
  private String servers;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "its first line is the token for the service; instead of CACHE_TOKEN")
  private Path tokenFile;

  /**
   * Opens the cache.
   *
   * @throws IOException if the file of the token cannot be read
   */
  CommandTarget open(CommandHost host, CommandContext context) throws IOException {
    Map<String, String> environment = new HashMap<>(context.environment());
    if (url != null && servers != null) {
      throw new WrongUsage("only one of --url and --servers can be given");
    }
    String service = url == null ? context.environment().getOrDefault(URL_VARIABLE, "") : url;
    if (servers == null && !service.isBlank()) {
      return new ServiceTarget(
          new RestClient(address(service.strip()), sendable(token(context.environment()))));
    }
    if (servers != null) {
      environment.keySet().removeIf(name -> name.matches("CACHE_BACKEND|MEMCACHED_(HOST|PORT)"));
      environment.put("MEMCACHED_SERVERS", servers);
    }
    try {
      CommandSettings settings = host.settings(environment);
      settings.requireServers();
      return new DirectTarget(settings, host.open(settings, context.clock()), context.clock());
    } catch (InvalidSettings e) {
      throw servers == null ? e : e.renamed(Map.of("MEMCACHED_SERVERS", "--servers"));
    }
  }

  private static URI address(String text) {
    try {
      URI address = URI.create(text.contains("://") ? text : "http://" + text);
      if (address.getHost() != null && address.getScheme().matches("https?")) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Reported below like any other text that is no address.
    }
    throw FilterOptions.wrong(
        "--url", text, "it must be the address of a service, such as http://127.0.0.1:8080");
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
      throw new IOException("--token-file %s cannot be read: %s".formatted(tokenFile, e), e);
    }
  }
}
