package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Where a verb finds the cache: a service, or servers directly. */
final class TargetOptions {
  @Mixin
  private ServiceOptions service;

  @Mixin
  private ServersOption servers;

  /**
   * The service that is to be asked; empty if servers are asked directly.
   *
   * @throws IOException if the file of the token cannot be read
   */
  Optional<RestClient> service(CommandContext context) throws IOException {
    if (service.isGiven() && servers.isGiven()) {
      throw new WrongUsage("only one of --url and --servers can be given");
    }
    return servers.isGiven() ? Optional.empty() : service.find(context.environment());
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
    return servers.settings(host, context);
  }

  /**
   * @param reason why no cache is asked
   * @throws WrongUsage if an option names one all the same
   */
  void requireAbsent(String reason) {
    if (service.isGiven() || servers.isGiven()) {
      throw new WrongUsage(
          "%s; leave out %s".formatted(reason, service.isGiven() ? "--url" : "--servers"));
    }
  }
}
