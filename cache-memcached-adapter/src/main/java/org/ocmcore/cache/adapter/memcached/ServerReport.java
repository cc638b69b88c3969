package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.port.ServerStats;

/** The answer to {@code stats} or {@code stats settings}. */
final class ServerReport {
  private final Map<String, String> stats;

  ServerReport(Map<String, String> stats) {
    this.stats = Map.copyOf(stats);
  }

  /** @throws Rubbish if there is no such number */
  long number(String name) throws Rubbish {
    String value = text(name);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw Rubbish.of("STAT " + name + " " + value);
    }
  }

  private String text(String name) throws Rubbish {
    String value = stats.get(name);
    if (value == null) {
      throw Rubbish.described("statistics without " + name);
    }
    return value;
  }

  /** @throws Rubbish if anything is missing */
  ServerStats toServerStats() throws Rubbish {
    return new ServerStats(
        text("version"),
        Duration.ofSeconds(number("uptime")),
        number("curr_items"),
        number("bytes"),
        OptionalLong.of(number("limit_maxbytes")),
        number("get_hits"),
        number("get_misses"),
        number("cmd_flush"),
        number("evictions"),
        OptionalLong.of(number("curr_connections")));
  }
}
