package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a verb finds the cache: a service, or servers directly. */
final class TargetOptions {
  @Mixin
  private ServiceOptions service;

  @Option(
      names = "--servers",
      paramLabel = "H:P,...",
      description = "ask these servers directly; instead of MEMCACHED_SERVERS")
  private String servers;

  /**
   * The service that is to be asked; empty if servers are asked directly.
   *
   * @throws IOException if the file of the token cannot be read
   */
  Optional<RestClient> service(CommandContext context) throws IOException {
    if (service.isGiven() && servers != null) {
      throw new WrongUsage("only one of --url and --servers can be given");
    }
    return servers == null ? service.find(context.environment()) : Optional.empty();
  }

  /**
   * Opens the cache.
   *
   * @throws IOException if the file of the token cannot be read
   */
  CommandTarget open(CommandHost host, CommandContext context) throws IOException {
    Optional<RestClient> api = service(context);
    if (api.isPresent()) {
      return new ServiceTarget(api.get());
    }
    CommandSettings settings = settings(host, context);
    return new DirectTarget(settings, host.open(settings, context.clock()), context.clock());
  }

  /** The settings for servers that are asked directly. */
  CommandSettings settings(CommandHost host, CommandContext context) {
    Map<String, String> environment = new HashMap<>(context.environment());
    if (servers != null) {
      environment.keySet().removeIf(name -> name.matches("CACHE_BACKEND|MEMCACHED_(HOST|PORT)"));
      environment.put("MEMCACHED_SERVERS", servers);
    }
    try {
      CommandSettings settings = host.settings(environment);
      settings.requireServers();
      return settings;
    } catch (InvalidSettings e) {
      throw servers == null ? e : e.renamed(Map.of("MEMCACHED_SERVERS", "--servers"));
    }
  }
}
