package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.port.ServerStats;

/** The response to {@code stats} or {@code stats settings}. Immutable. */
final class StatsResponse {
  /** The end of the year 9999; larger numbers could overflow in arithmetic. */
  private static final long MAX_TIME = 253_402_300_799L;

  private static final long CLOCK_START = 60;
  private static final int MAX_STATS = 10_000;

  private final Map<String, String> stats;

  StatsResponse(Map<String, String> stats) {
    this.stats = Map.copyOf(stats);
  }

  /** Where the lines come from. */
  interface Lines {
    /** Returns the next line without its end; waits for it. */
    String next() throws IOException;
  }

  /**
   * Reads a response, {@code END} included.
   *
   * @throws ProtocolException if a line is no statistic, or there are more than {@value #MAX_STATS}
   * @throws ServerErrorException if the server does not know the command
   */
  static StatsResponse read(Lines lines) throws IOException {
    Map<String, String> stats = new HashMap<>();
    while (true) {
      String line = lines.next();
      if (line.equals("END")) {
        return new StatsResponse(stats);
      }
      String[] parts = line.split(" ", 3);
      if (!parts[0].equals("STAT") || parts.length < 2 || stats.size() == MAX_STATS) {
        throw line.startsWith("CLIENT_ERROR")
            ? ServerErrorException.of(line)
            : ProtocolException.of(line);
      }
      stats.put(parts[1], parts.length < 3 ? "" : parts[2]);
    }
  }

  /** All statistics by name, as the server sent them. */
  Map<String, String> values() {
    return stats;
  }

  /** @throws ProtocolException if the statistic is missing or no number */
  long number(String name) throws ProtocolException {
    String value = text(name);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw ProtocolException.of("STAT " + name + " " + value);
    }
  }

  /**
   * Returns the server's time in seconds since the epoch.
   *
   * @throws ProtocolException if it is missing, or not within the years 1970 to 9999
   */
  long time() throws ProtocolException {
    long time = number("time");
    if (time < 0 || time > MAX_TIME) {
      throw ProtocolException.of("STAT time " + time);
    }
    return time;
  }

  /**
   * Returns the number of changes that the watchers did not get; 0 if the server does not count
   * them.
   *
   * @throws ProtocolException if a count is no number
   */
  FeedLoss feedLoss() throws ProtocolException {
    return new FeedLoss(numberOrZero("log_worker_dropped"), numberOrZero("log_watcher_skipped"));
  }

  /**
   * Checks that the server keeps its items itself.
   *
   * @throws ServerErrorException if it is memcached's own proxy, which counts its requests
   */
  void requireNoProxy() throws ServerErrorException {
    if (stats.containsKey("proxy_conn_requests")) {
      throw ServerErrorException.permanent(
          "it is memcached's proxy, which keeps no items:" + " name the servers behind it instead");
    }
  }

  /** Returns whether clients may use the binary protocol; true if the server does not say. */
  boolean allowsBinary() {
    return !stats.getOrDefault("binding_protocol", "").equals("ascii");
  }

  private long numberOrZero(String name) throws ProtocolException {
    return stats.containsKey(name) ? number(name) : 0;
  }

  private String text(String name) throws ProtocolException {
    String value = stats.get(name);
    if (value == null) {
      throw ProtocolException.withDetail("statistics without " + name);
    }
    return value;
  }

  /**
   * Combines the general statistics, which these are, with the settings.
   *
   * @throws ProtocolException if a statistic is missing
   */
  ServerStats toServerStats(StatsResponse settings) throws ProtocolException {
    return new ServerStats(
        text("version"),
        processId(),
        Duration.ofSeconds(number("uptime")),
        number("curr_items"),
        number("bytes"),
        OptionalLong.of(number("limit_maxbytes")),
        number("get_hits"),
        number("get_misses"),
        number("cmd_flush"),
        isFlushPending(settings),
        number("evictions"),
        changeCount(),
        number("cmd_set"),
        OptionalLong.of(number("curr_connections")),
        settings.requiresPassword());
  }

  /**
   * Whether clients must authenticate, by SASL or by a file of passwords ({@code -S}, {@code -Y}).
   */
  private boolean requiresPassword() {
    return stats.getOrDefault("auth_enabled_sasl", "no").equals("yes")
        || !stats.getOrDefault("auth_enabled_ascii", "no").equals("no");
  }

  /**
   * Returns whether a {@code flush_all} with a delay has not taken effect yet.
   *
   * <p>The setting {@code oldest} is the second of the last flush by a clock that is
   * {@value #CLOCK_START} at uptime 0 (memcached.c, {@code process_flush_all_command} and
   * {@code ITEM_UPDATE_INTERVAL}); items of this second are flushed, too. Observed on 1.6.18 and
   * 1.6.38.
   */
  private boolean isFlushPending(StatsResponse settings) throws ProtocolException {
    return settings.numberOrZero("oldest") >= number("uptime") + CLOCK_START;
  }

  /**
   * Returns an id that changes when the process restarts: the pid and the start time. Time and
   * uptime come from the same monotonic clock, so their difference is constant (memcached.c,
   * {@code server_stats}). The pid alone is not enough: in containers it is often the same.
   */
  private String processId() throws ProtocolException {
    return text("pid") + "@" + (time() - number("uptime"));
  }

  /**
   * Returns a count that grows whenever a client changes an item.
   *
   * <p>{@code total_items} counts every stored item, including those that a counter or a read
   * created, and items that the server moves between its pages. Unlike {@code cmd_set} it does not
   * count attempts that stored nothing. Observed on 1.6.18.
   */
  private long changeCount() throws ProtocolException {
    return number("total_items")
        + number("touch_hits")
        + number("incr_hits")
        + number("decr_hits")
        + number("delete_hits")
        + number("cmd_flush");
  }
}
