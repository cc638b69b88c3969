package org.ocmcore.cache.adapter.cli;

import java.util.List;
import java.util.Optional;

/** Shows each server and why it is down, when none answers and there are no counters at all. */
final class DownServers {
  private DownServers() {}

  /**
   * The servers, none of which is up.
   *
   * @param failure why there are no counters
   * @throws RuntimeException that failure, unless it is that all servers are down
   */
  static List<ServerView> of(CommandTarget cache, RuntimeException failure) {
    List<CheckView.Server> servers;
    try {
      servers = cache.check().servers();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      throw failure;
    }
    if (servers.isEmpty() || servers.stream().anyMatch(CheckView.Server::up)) {
      throw failure;
    }
    return servers.stream()
        .map(server -> ServerView.down(
            server.address(),
            server.risks().isEmpty() ? failure.getMessage() : server.risks().get(0)))
        .toList();
  }

  /** The same as counters. */
  static StatsView stats(CommandTarget cache, RuntimeException failure) {
    return new StatsView(0, "", of(cache, failure), Optional.empty());
  }
}
