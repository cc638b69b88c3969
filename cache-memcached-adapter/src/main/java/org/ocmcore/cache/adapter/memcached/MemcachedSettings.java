package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The servers of a store and how to use them.
 *
 * <pre>{@code
 * MemcachedSettings.parse("cache1,cache2").withTimeout(Duration.ofSeconds(1))
 * }</pre>
 *
 * @param servers {@code host}, {@code host:port} or {@code host:port:weight} each, IPv6 as
 *     {@code [::1]:11211}, or {@code unix:/path}; the port is 11211 if none is given; at least one,
 *     no duplicates; the order matters for {@link Ring#MODULO} and {@link Ring#PYTHON_MEMCACHED}
 * @param timeout the maximum time of a call on a single key; see {@link MemcachedStore} for others
 * @param ring the rule that maps keys to servers
 * @param feed which changes to watch servers for
 * @param tls how to encrypt connections; empty for plain ones
 * @param credentials who to be on servers that want a password
 * @param isShared whether the calls on single keys of all threads share a connection to each plain
 *     server, which pays where they are many
 */
public record MemcachedSettings(
    List<String> servers,
    Duration timeout,
    Ring ring,
    FeedMode feed,
    Optional<TlsSettings> tls,
    Optional<Credentials> credentials,
    boolean isShared) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

  /**
   * @throws IllegalArgumentException if there is no server, if a server is a duplicate or invalid,
   *     if it is a unix socket and has TLS, if it has a weight above 1 and the ring knows no
   *     weights, or if the timeout is not within 1 ms to 1 h; the message names every invalid
   *     server
   */
  public MemcachedSettings {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("no memcached server is named");
    }
    List<String> problems = problems(servers);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems)
          + ". Write host:port, such as cache1:11211, or unix:/path, separated by commas");
    }
    requireRingFor(servers, ring);
    requireTlsFor(servers, tls);
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

  private static void requireTlsFor(List<String> servers, Optional<TlsSettings> tls) {
    servers.stream()
        .filter(server -> tls.isPresent() && ServerAddress.parse(server).isUnixSocket())
        .findFirst()
        .ifPresent(server -> {
          throw new IllegalArgumentException(
              "server \"%s\" is a unix socket, which has no TLS: name servers of one kind"
                  .formatted(server));
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

  /** Returns settings without TLS and without a user. */
  public MemcachedSettings(List<String> servers, Duration timeout, Ring ring, FeedMode feed) {
    this(servers, timeout, ring, feed, Optional.empty(), Optional.empty(), true);
  }

  public MemcachedSettings withTimeout(Duration timeout) {
    return new MemcachedSettings(servers, timeout, ring, feed, tls, credentials, isShared);
  }

  public MemcachedSettings withRing(Ring ring) {
    return new MemcachedSettings(servers, timeout, ring, feed, tls, credentials, isShared);
  }

  public MemcachedSettings withFeed(FeedMode feed) {
    return new MemcachedSettings(servers, timeout, ring, feed, tls, credentials, isShared);
  }

  public MemcachedSettings withTls(TlsSettings tls) {
    return new MemcachedSettings(
        servers, timeout, ring, feed, Optional.of(tls), credentials, isShared);
  }

  /** Sets the user for servers that want one. Others are never sent the password. */
  public MemcachedSettings withCredentials(Credentials credentials) {
    return new MemcachedSettings(
        servers, timeout, ring, feed, tls, Optional.of(credentials), isShared);
  }

  /** Each call has a connection of its own: for a process that asks a few things and ends. */
  public MemcachedSettings withoutSharedConnections() {
    return new MemcachedSettings(servers, timeout, ring, feed, tls, credentials, false);
  }
}
