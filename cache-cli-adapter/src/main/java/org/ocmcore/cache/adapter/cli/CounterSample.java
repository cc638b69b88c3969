package org.ocmcore.cache.adapter.cli;

import java.time.Instant;
import java.util.Optional;

/** The counters of all servers at a moment. @param at when the answer was there */
record StatsSample(StatsView stats, Instant at) {
  /** The same servers when none of them can be asked, for this reason. */
  StatsSample failed(String problem, Instant when) {
    return new StatsSample(
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
