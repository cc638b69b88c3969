package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.ocmcore.cache.domain.CacheStatus;
import org.ocmcore.cache.domain.CacheStatus.ServerStatus;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.schedule.AutoDump;
import org.ocmcore.cache.domain.tracking.RingFit;
import org.ocmcore.cache.domain.tracking.ServerTracking;

/**
 * The state of the service, of tracking and of the servers.
 *
 * @param size the same as {@code totalKeys}, for clients of the original API
 * @param autoDumpInterval in seconds
 */
record StatsAnswer(
    long totalKeys,
    long size,
    String cacheBackend,
    String environment,
    String dumpFile,
    boolean autoDumpEnabled,
    long autoDumpInterval,
    Tracking tracking,
    List<Server> servers,
    @JsonInclude(Include.NON_ABSENT) Optional<Ring> ring,
    Map<String, String> envConfig) {
  static StatsAnswer of(CacheStatus status, AutoDump.State autoDump, ServiceInfo service) {
    return new StatsAnswer(
        status.totalKeys(),
        status.totalKeys(),
        service.backend(),
        service.environment(),
        service.dumpFile(),
        autoDump.running(),
        autoDump.interval().toSeconds(),
        Tracking.of(status),
        status.servers().stream().map(Server::of).toList(),
        service.ringFit().get().map(Ring::of),
        envConfig(service));
  }

  private static Map<String, String> envConfig(ServiceInfo service) {
    Map<String, String> values = new LinkedHashMap<>();
    service.settings().forEach(setting -> values.put(setting.name(), setting.value()));
    return values;
  }

  /**
   * Which ring fits the keys on several servers, if none is configured.
   *
   * @param fits null if no ring does
   * @param matches the number of sampled keys that each ring places where they are, most first
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
   * How well the index is in step with the servers.
   *
   * @param mode that of all servers, or {@code mixed}
   * @param missing servers whose keys are not known; left out if there are none
   */
  record Tracking(
      String mode,
      String asOf,
      boolean complete,
      @JsonInclude(Include.NON_EMPTY) List<String> missing,
      List<TrackedServer> servers) {
    static Tracking of(CacheStatus status) {
      return new Tracking(
          status.mode().map(Object::toString).orElse("mixed"),
          Times.text(status.asOf()),
          status.missing().isEmpty(),
          status.missing(),
          status.tracking().stream().map(TrackedServer::of).toList());
    }
  }

  /** How well the index is in step with one server. */
  record TrackedServer(
      String address,
      String mode,
      long keys,
      Optional<Walk> lastWalk,
      Optional<Feed> feed,
      @JsonInclude(Include.NON_ABSENT) Optional<String> feedWithheld,
      long feedSkipped,
      @JsonInclude(Include.NON_ABSENT) Optional<String> problem) {
    static TrackedServer of(ServerTracking server) {
      return new TrackedServer(
          server.server(),
          server.mode().toString(),
          server.keys(),
          server.lastWalk().map(Walk::of),
          server.feed().map(Feed::of),
          server.withheld(),
          server.skipped(),
          server.problem());
    }
  }

  /** A walk over all keys of a server. */
  record Walk(String beganAt, long durationMs, long keys) {
    static Walk of(ServerTracking.Walk walk) {
      return new Walk(Times.text(walk.begin()), walk.duration().toMillis(), walk.keys());
    }
  }

  /** A feed of a server. @param tells the reported kinds of change, sorted */
  record Feed(List<String> tells, long lagMs) {
    static Feed of(ServerTracking.Feed feed) {
      return new Feed(
          feed.kinds().stream()
              .map(kind -> kind.name().toLowerCase(Locale.ROOT))
              .sorted()
              .toList(),
          feed.lag().toMillis());
    }
  }

  /**
   * The statistics of a server; all null if it is down or the caller is limited to some apps.
   *
   * @param stores attempts to store a value, successful or not
   */
  record Server(
      String address,
      boolean up,
      @JsonInclude(Include.NON_ABSENT) Optional<String> problem,
      Optional<String> version,
      Optional<Long> uptimeSeconds,
      Optional<Long> currentItems,
      Optional<Long> bytes,
      OptionalLong limitBytes,
      Optional<Long> hits,
      Optional<Long> misses,
      OptionalDouble hitRatio,
      Optional<Long> stores,
      Optional<Long> evictions,
      OptionalLong connections) {
    static Server of(ServerStatus server) {
      Optional<ServerStats> stats = server.stats();
      return new Server(
          server.address(),
          server.isUp(),
          server.failure().map(failure -> failure.reason()),
          stats.map(ServerStats::version),
          stats.map(known -> known.uptime().toSeconds()),
          stats.map(ServerStats::currentItems),
          stats.map(ServerStats::bytes),
          optional(stats, ServerStats::limitBytes),
          stats.map(ServerStats::hits),
          stats.map(ServerStats::misses),
          stats.map(ServerStats::hitRatio).orElse(OptionalDouble.empty()),
          stats.map(ServerStats::stores),
          stats.map(ServerStats::evictions),
          optional(stats, ServerStats::connections));
    }

    private static OptionalLong optional(
        Optional<ServerStats> stats, Function<ServerStats, OptionalLong> number) {
      return stats.map(number).orElse(OptionalLong.empty());
    }
  }
}
