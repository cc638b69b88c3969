package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How well the index of a service is in step with its servers. */
record TrackingView(@JsonSetter(nulls = Nulls.AS_EMPTY) List<Server> servers) {
  TrackingView {
    servers = List.copyOf(servers);
  }

  /**
   * The same for one server.
   *
   * @param mode as the API names it
   * @param lastWalk empty before the first one
   */
  record Server(String address, String mode, Optional<Walk> lastWalk) {}

  /** A walk over all keys of a server. @param beganAt by the clock of the service */
  record Walk(Instant beganAt) {}
}
