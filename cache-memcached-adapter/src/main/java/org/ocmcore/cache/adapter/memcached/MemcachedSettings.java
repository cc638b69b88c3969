package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
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
 */
public record MemcachedSettings(List<String> servers, Duration timeout, Ring ring) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

  /**
   * @throws IllegalArgumentException if a server is not {@code host:port} or is named twice, if
   *     there is none, or unless the timeout is 1 ms to an hour; the message names the bad part
   */
  public MemcachedSettings {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("no memcached server is named");
    }
    Set<String> seen = new HashSet<>();
    for (String server : servers) {
      ServerAddress.parse(server);
      if (!seen.add(server)) {
        throw new IllegalArgumentException("server \"" + server + "\" is named twice");
      }
    }
    if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("timeout " + timeout + " is not within 1 ms to 1 h");
    }
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
        Ring.KETAMA);
  }
}
