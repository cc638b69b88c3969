package org.ocmcore.cache.domain.port;

import java.util.HashMap;
import java.util.Map;

/**
 * Everything that a server counts, by the names that memcached gives its statistics, with the
 * values as it sends them. What it does not report is left out.
 *
 * @param general the answer to {@code stats}
 * @param settings the answer to {@code stats settings}
 * @param items by slab class, as in {@code items:1:number}; empty unless asked for
 * @param slabs by slab class, as in {@code 1:chunk_size}; empty unless asked for
 */
public record ServerCounters(
    Map<String, String> general,
    Map<String, String> settings,
    Map<String, String> items,
    Map<String, String> slabs) {
  public ServerCounters {
    general = Map.copyOf(general);
    settings = Map.copyOf(settings);
    items = Map.copyOf(items);
    slabs = Map.copyOf(slabs);
  }

  /** The counters of a store that has no more than these statistics. */
  public static ServerCounters of(ServerStats stats) {
    Map<String, String> general = new HashMap<>();
    general.put("version", stats.version());
    put(general, "uptime", stats.uptime().toSeconds());
    put(general, "curr_items", stats.currentItems());
    put(general, "bytes", stats.bytes());
    put(general, "get_hits", stats.hits());
    put(general, "get_misses", stats.misses());
    put(general, "cmd_flush", stats.flushes());
    put(general, "evictions", stats.evictions());
    stats.limitBytes().ifPresent(bytes -> put(general, "limit_maxbytes", bytes));
    stats.connections().ifPresent(open -> put(general, "curr_connections", open));
    return new ServerCounters(general, Map.of(), Map.of(), Map.of());
  }

  private static void put(Map<String, String> counters, String name, long value) {
    counters.put(name, Long.toString(value));
  }
}
