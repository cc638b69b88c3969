package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import java.util.List;
import java.util.Optional;

/**
 * The state of a cache.
 *
 * @param totalKeys on all servers that answer
 * @param tracking of the index of a service; empty without a service. It is read, not printed
 */
record StatsView(
    long totalKeys,
    String environment,
    List<ServerView> servers,
    @JsonProperty(access = Access.WRITE_ONLY) Optional<TrackingView> tracking) {
  StatsView {
    servers = List.copyOf(servers);
  }

  /** The tracking of a server; empty if it is unknown. */
  Optional<TrackingView.Server> tracking(String address) {
    return tracking.flatMap(known -> known.servers().stream()
        .filter(server -> server.address().equals(address))
        .findFirst());
  }
}
