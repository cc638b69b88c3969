package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the servers are and how to work with them.
 *
 * @param servers {@code host:port} each, IPv6 as {@code [::1]:11211}; at least one, none twice; the
 *     order matters to {@link Ring#MODULO}
 * @param timeout that a call on a single key takes at most; see {@link MemcachedStore} for others
 * @param ring which server a key belongs on
 * @param feed which changes servers are watched for
 */
public record MemcachedSettings(List<String> servers, Duration timeout, Ring ring, FeedMode feed) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

  /**
   * @throws IllegalArgumentException if a server is not {@code host:port} or is named twice, if
   *     there is none, or unless the timeout is 1 ms to an hour; the message names every bad server
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
    if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("timeout " + timeout + " is not within 1 ms to 1 h");
    }
  }

  private static List<String> problems(List<String> servers) {
    List<String> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String server : servers) {
      if (!seen.add(server)) {
        problems.add("server \"" + server + "\" is named twice");
        continue;
      }
      try {
        ServerAddress.parse(server);
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
    return problems;
  }

  /**
   * These servers, with the defaults for the rest.
   *
   * @param servers {@code host:port,host:port}; spaces around a server are ignored
   * @throws IllegalArgumentException as the constructor does
   */
  public static MemcachedSettings parse(String servers) {
    return new MemcachedSettings(
        Arrays.stream(servers.split(",", -1)).map(String::strip).toList(),
        DEFAULT_TIMEOUT,
        Ring.KETAMA,
        FeedMode.AUTO);
  }
}
