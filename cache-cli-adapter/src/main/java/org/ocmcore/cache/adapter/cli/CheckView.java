package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.tracking.FleetCheck;
import org.ocmcore.cache.domain.tracking.RingFit;
import org.ocmcore.cache.domain.tracking.ServerCheck;

/**
 * What each server is and offers, as the API has it.
 *
 * @param ring which ring fits; empty with a single server, or if too few keys can be listed
 */
record CheckView(
    List<Server> servers, @JsonInclude(Include.NON_ABSENT) Optional<Ring> ring) {
  CheckView {
    servers = List.copyOf(servers);
  }

  static CheckView of(FleetCheck.Result result) {
    return new CheckView(
        result.servers().stream().map(Server::of).toList(), result.ring().map(Ring::of));
  }

  /**
   * Which ring fits the keys.
   *
   * @param fits empty if no ring does
   * @param matches the number of sampled keys that each ring places where they are
   */
  record Ring(
      String current,
      Optional<String> fits,
      int sampledKeys,
      Map<String, Integer> matches,
      String message) {
    static Ring of(RingFit fit) {
      return new Ring(fit.current(), fit.fitting(), fit.sampled(), fit.matches(), fit.sentence());
    }
  }

  /**
   * One server; what follows {@code up} is empty if it is down.
   *
   * @param reports the kinds of changes that its feed reports
   * @param risks what an operator should know, a sentence each
   * @param riskKinds the kind of each of them, as the API has it
   */
  record Server(
      String address,
      boolean up,
      OptionalDouble latencyMs,
      Optional<String> version,
      OptionalLong uptimeSeconds,
      OptionalLong currentItems,
      OptionalLong bytes,
      OptionalLong limitBytes,
      OptionalDouble hitRatio,
      OptionalLong evictions,
      Optional<Boolean> requiresPassword,
      boolean listed,
      List<String> reports,
      List<String> risks,
      List<String> riskKinds) {
    Server {
      Objects.requireNonNull(address);
      reports = List.copyOf(reports);
      risks = List.copyOf(risks);
      riskKinds = List.copyOf(riskKinds);
    }

    static Server of(ServerCheck server) {
      Optional<ServerStats> stats = server.answers().map(ServerCheck.Answers::stats);
      return new Server(
          server.address(),
          stats.isPresent(),
          server
              .answers()
              .map(answers -> OptionalDouble.of(millis(answers.latency())))
              .orElse(OptionalDouble.empty()),
          stats.map(ServerStats::version),
          number(stats.map(known -> known.uptime().toSeconds())),
          number(stats.map(ServerStats::currentItems)),
          number(stats.map(ServerStats::bytes)),
          stats.map(ServerStats::limitBytes).orElse(OptionalLong.empty()),
          stats.map(ServerStats::hitRatio).orElse(OptionalDouble.empty()),
          number(stats.map(ServerStats::evictions)),
          stats.map(ServerStats::requiresPassword),
          server.isListed(),
          server.answers().stream()
              .flatMap(answers -> answers.feed().stream())
              .map(kind -> kind.name().toLowerCase(Locale.ROOT))
              .sorted()
              .toList(),
          server.riskTexts(),
          server.risks().stream().map(risk -> risk.kind().toString()).toList());
    }

    private static OptionalLong number(Optional<Long> number) {
      return number.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** In thousandths. */
    private static double millis(Duration latency) {
      return Math.round(latency.toNanos() / 1e3) / 1e3;
    }
  }
}
