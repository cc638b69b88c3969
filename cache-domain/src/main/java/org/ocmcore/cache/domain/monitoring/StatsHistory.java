package org.ocmcore.cache.domain.monitoring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * The statistics of all servers in the past: every two seconds for an hour, and every minute for
 * seven days, as far back as this process runs. It is kept in memory, at most 700 kB a server; a
 * server that leaves is forgotten when another joins. Safe for use by any number of threads.
 */
public final class StatsHistory {
  /** The time between two samples of the last hour. */
  public static final Duration FINE_STEP = Duration.ofSeconds(2);

  /** How far back these go. */
  public static final Duration FINE_SPAN = Duration.ofHours(1);

  /** The time between two older samples. */
  public static final Duration COARSE_STEP = Duration.ofMinutes(1);

  /** How far back these go. */
  public static final Duration COARSE_SPAN = Duration.ofDays(7);

  private final Map<String, ServerHistory> histories = new ConcurrentHashMap<>();
  private final Supplier<List<String>> servers;
  private final Clock clock;

  /** @param servers returns the addresses of the present servers, and costs nothing */
  public StatsHistory(Supplier<List<String>> servers, Clock clock) {
    this.servers = servers;
    this.clock = clock;
  }

  /**
   * The past of a server.
   *
   * @param samples oldest first; never changed
   * @param events oldest first; the last thousand; never changed
   */
  public record Server(String address, List<StatsSample> samples, List<ServerEvent> events) {}

  /**
   * The past of all servers.
   *
   * @param since the earliest sample
   * @param step the time between two samples
   * @param servers in the order of configuration; each is copied when it is its turn, so that the
   *     past of many servers takes the memory of one
   */
  public record Past(Instant since, Duration step, Iterable<Server> servers) {}

  /**
   * The past since then.
   *
   * @param step the wanted time between two samples, at least a second; the answer has a minute or
   *     more if samples of two seconds do not go back so far
   */
  public Past since(Instant since, Duration step) {
    // A client that asks for the last hour has counted back a moment ago.
    boolean isFine = !since.isBefore(clock.instant().minus(FINE_SPAN).minus(COARSE_STEP));
    Duration least = isFine ? FINE_STEP : COARSE_STEP;
    Duration actual = step.compareTo(least) < 0 ? least : step;
    return new Past(
        since,
        actual,
        () -> servers.get().stream()
            .map(server -> history(server).since(server, since, actual))
            .iterator());
  }

  /** Whether the server has answered the last time it was asked. */
  public boolean isUp(String server) {
    return history(server).isUp();
  }

  void answered(String server, ServerStats stats) {
    history(server).answered(clock.instant(), stats);
  }

  void unanswered(String server) {
    history(server).unanswered(clock.instant());
  }

  private ServerHistory history(String server) {
    ServerHistory known = histories.get(server);
    if (known != null) {
      return known;
    }
    histories.keySet().retainAll(servers.get());
    return histories.computeIfAbsent(server, joined -> new ServerHistory());
  }
}
