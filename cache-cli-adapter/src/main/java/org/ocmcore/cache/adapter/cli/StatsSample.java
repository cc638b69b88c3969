package org.ocmcore.cache.adapter.cli;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The counters of all servers at a moment. @param at when the answer was there */
record StatsSample(StatsView stats, Instant at) {
  /** The same servers when none of them can be asked, for this reason. */
  StatsSample failed(String problem, Instant when) {
    return new StatsSample(
        new StatsView(
            0,
            stats.environment(),
            stats.servers().stream()
                .map(server -> down(server.address(), problem))
                .toList(),
            Optional.empty()),
        when);
  }

  private static ServerView down(String address, String problem) {
    OptionalLong unknown = OptionalLong.empty();
    return new ServerView(
        address,
        false,
        Optional.of(problem),
        Optional.empty(),
        unknown,
        unknown,
        unknown,
        unknown,
        unknown,
        unknown,
        OptionalDouble.empty(),
        unknown,
        unknown,
        unknown);
  }
}
