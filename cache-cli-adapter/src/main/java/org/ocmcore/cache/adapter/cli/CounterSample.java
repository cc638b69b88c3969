package org.ocmcore.cache.adapter.cli;

import java.time.Instant;
import java.util.Optional;

/** The counters of all servers at a moment. @param at when the answer was there */
record CounterSample(StatsView stats, Instant at) {
  /** The same servers when none of them can be asked, for this reason. */
  CounterSample failed(String problem, Instant when) {
    return new CounterSample(
        new StatsView(
            0,
            stats.environment(),
            stats.servers().stream()
                .map(server -> ServerView.down(server.address(), problem))
                .toList(),
            Optional.empty()),
        when);
  }
}
