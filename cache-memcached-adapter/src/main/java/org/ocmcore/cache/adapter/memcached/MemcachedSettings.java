package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The servers of a store and how to use them.
 *
 * @param servers {@code host:port} or {@code host:port:weight} each, IPv6 as {@code [::1]:11211};
 *     at least one, no duplicates; the order matters for {@link Ring#MODULO} and
 *     {@link Ring#PYTHON_MEMCACHED}
 * @param timeout the maximum time of a call on a single key; see {@link MemcachedStore} for others
 * @param ring the rule that maps keys to servers
 * @param feed which changes to watch servers for
 */
public record MemcachedSettings(List<String> servers, Duration timeout, Ring ring, FeedMode feed) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

  /**
   * @throws IllegalArgumentException if there is no server, if a server is a duplicate or invalid,
   *     if it has a weight above 1 and the ring knows no weights, or if the timeout is not within 1
   *     ms to 1 h; the message names every invalid server
   */
  public MemcachedSettings {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("no memcached server is named");
    }
    List<String> problems = problems(servers);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems)
          + ". Write host:port, such as cache1:11211, separated by commas");
    }
    requireRingFor(servers, ring);
    if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("timeout " + timeout + " is not within 1 ms to 1 h");
    }
  }

  private static List<String> problems(List<String> servers) {
    List<String> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String server : servers) {
      try {
        if (!seen.add(ServerAddress.parse(server).text())) {
          problems.add("server \"" + server + "\" is named twice");
        }
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
    return problems;
  }

  private static void requireRingFor(List<String> servers, Ring ring) {
    if (servers.size() == 1 || ring.knowsWeights()) {
      return;
    }
    servers.stream()
        .filter(server -> ServerAddress.parse(server).weight() > 1)
        .findFirst()
        .ifPresent(server -> {
          throw new IllegalArgumentException(("server \"%s\" has a weight, but the ring %s knows"
                  + " none: leave the weight out, or set a ring with weights: %s")
              .formatted(server, ring.text(), ringsWithWeights()));
        });
  }

  private static String ringsWithWeights() {
    return Arrays.stream(Ring.values())
        .filter(Ring::knowsWeights)
        .map(Ring::text)
        .collect(Collectors.joining(", "));
  }

  /** Returns the parsed servers in their order. */
  List<ServerAddress> addresses() {
    return servers.stream().map(ServerAddress::parse).toList();
  }

  /**
   * Returns settings for these servers with defaults for everything else.
   *
   * @param servers {@code host:port,host:port:weight}; spaces around a server are ignored
   * @throws IllegalArgumentException under the same conditions as the constructor
   */
  public static MemcachedSettings parse(String servers) {
    return new MemcachedSettings(
        Arrays.stream(servers.split(",", -1)).map(String::strip).toList(),
        DEFAULT_TIMEOUT,
        Ring.KETAMA,
        FeedMode.AUTO);
  }
}
