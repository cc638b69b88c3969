package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.port.ServerStats;

/** The answer to {@code stats} or {@code stats settings}. */
final class ServerReport {
  /** The year 10000: later ones would not do for arithmetic. */
  private static final long MAX_TIME = 253_402_300_799L;

  private final Map<String, String> stats;

  ServerReport(Map<String, String> stats) {
    this.stats = Map.copyOf(stats);
  }

  /** @throws ProtocolException if there is no such number */
  long number(String name) throws ProtocolException {
    String value = text(name);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw ProtocolException.of("STAT " + name + " " + value);
    }
  }

  /**
   * The server's clock, in seconds since the epoch.
   *
   * @throws ProtocolException if it has none, or one that is out of all reason
   */
  long time() throws ProtocolException {
    long time = number("time");
    if (time < 0 || time > MAX_TIME) {
      throw ProtocolException.of("STAT time " + time);
    }
    return time;
  }

  /**
   * How many changes it did not tell its watchers; 0 if it does not count them.
   *
   * @throws ProtocolException if that is no number
   */
  FeedLoss untoldChanges() throws ProtocolException {
    return new FeedLoss(count("log_worker_dropped"), count("log_watcher_skipped"));
  }

  /** Whether clients may use the binary protocol, also if the server does not say. */
  boolean speaksBinary() {
    return !stats.getOrDefault("binding_protocol", "").equals("ascii");
  }

  private long count(String name) throws ProtocolException {
    return stats.containsKey(name) ? number(name) : 0;
  }

  private String text(String name) throws ProtocolException {
    String value = stats.get(name);
    if (value == null) {
      throw ProtocolException.described("statistics without " + name);
    }
    return value;
  }

  /** @throws ProtocolException if anything is missing */
  ServerStats toServerStats() throws ProtocolException {
    return new ServerStats(
        text("version"),
        process(),
        Duration.ofSeconds(number("uptime")),
        number("curr_items"),
        number("bytes"),
        OptionalLong.of(number("limit_maxbytes")),
        number("get_hits"),
        number("get_misses"),
        number("cmd_flush"),
        number("evictions"),
        changes(),
        number("cmd_set"),
        OptionalLong.of(number("curr_connections")));
  }

  /**
   * Both clocks are read from one that does not follow changes of the machine's time, so their
   * difference is when the process was started (memcached.c, {@code server_stats}). In a container
   * every process may have the same number.
   */
  private String process() throws ProtocolException {
    return text("pid") + "@" + (time() - number("uptime"));
  }

  /**
   * Every stored item counts among {@code total_items}, also one that a counter or a read made, and
   * the attempts that stored nothing do not, as they would in {@code cmd_set}; items that the
   * server moves between its pages do. Seen on 1.6.18.
   */
  private long changes() throws ProtocolException {
    return number("total_items")
        + number("touch_hits")
        + number("incr_hits")
        + number("decr_hits")
        + number("delete_hits")
        + number("cmd_flush");
  }
}
