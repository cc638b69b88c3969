package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.ocmcore.cache.domain.CacheStatus.ServerStatus;
import org.ocmcore.cache.domain.port.ServerStats;

/** A server with its counters, as the API has it. All but the first two are empty if it is down. */
record ServerView(
    String address,
    boolean up,
    @JsonInclude(Include.NON_ABSENT) Optional<String> problem,
    Optional<String> version,
    OptionalLong uptimeSeconds,
    OptionalLong currentItems,
    OptionalLong bytes,
    OptionalLong limitBytes,
    OptionalLong hits,
    OptionalLong misses,
    OptionalDouble hitRatio,
    OptionalLong stores,
    OptionalLong evictions,
    OptionalLong connections) {
  /** One that does not answer. */
  static ServerView down(String address, String problem) {
    return new ServerView(
        address,
        false,
        Optional.of(problem),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  static ServerView of(ServerStatus server) {
    Optional<ServerStats> stats = server.stats();
    return new ServerView(
        server.address(),
        server.isUp(),
        server.failure().map(failure -> failure.reason()),
        stats.map(ServerStats::version),
        number(stats, known -> OptionalLong.of(known.uptime().toSeconds())),
        number(stats, known -> OptionalLong.of(known.currentItems())),
        number(stats, known -> OptionalLong.of(known.bytes())),
        number(stats, ServerStats::limitBytes),
        number(stats, known -> OptionalLong.of(known.hits())),
        number(stats, known -> OptionalLong.of(known.misses())),
        stats.map(ServerStats::hitRatio).orElse(OptionalDouble.empty()),
        number(stats, known -> OptionalLong.of(known.stores())),
        number(stats, known -> OptionalLong.of(known.evictions())),
        number(stats, ServerStats::connections));
  }

  private static OptionalLong number(
      Optional<ServerStats> stats, Function<ServerStats, OptionalLong> number) {
    return stats.map(number).orElse(OptionalLong.empty());
  }
}
