package org.ocmcore.cache.adapter.memcached;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.port.Store;

/** Real servers and a store on them; closes both. */
final class Fleet implements AutoCloseable {
  final List<MemcachedServer> servers;
  final MemcachedStore store;

  private Fleet(List<MemcachedServer> servers, Duration timeout, Ring ring, FeedMode feed) {
    this(
        servers,
        new MemcachedSettings(
            servers.stream().map(MemcachedServer::address).toList(), timeout, ring, feed));
  }

  private Fleet(List<MemcachedServer> servers, MemcachedSettings settings) {
    this.servers = servers;
    this.store = MemcachedStore.open(settings, Clock.systemUTC());
  }

  /** Starts servers; the timeout is longer than any test needs. */
  static Fleet of(int count) {
    return of(count, Ring.KETAMA);
  }

  static Fleet of(int count, Ring ring) {
    return new Fleet(
        started(count, Release.INSTALLED), Duration.ofSeconds(20), ring, FeedMode.AUTO);
  }

  /** Starts a server for each of these weights. */
  static Fleet weighted(Ring ring, int... weights) {
    List<MemcachedServer> servers = started(weights.length, Release.INSTALLED);
    List<String> addresses = IntStream.range(0, weights.length)
        .mapToObj(i -> servers.get(i).address() + ":" + weights[i])
        .toList();
    return new Fleet(
        servers, new MemcachedSettings(addresses, Duration.ofSeconds(20), ring, FeedMode.AUTO));
  }

  /** Starts servers of this release. */
  static Fleet of(int count, Release release) {
    return new Fleet(started(count, release), Duration.ofSeconds(20), Ring.KETAMA, FeedMode.AUTO);
  }

  /** Starts servers of this release that are reached this way. */
  static Fleet of(int count, Release release, Transport transport) {
    List<MemcachedServer> servers = Stream.generate(
            () -> MemcachedServer.start(release, transport.arguments()))
        .limit(count)
        .toList();
    MemcachedSettings plain = new MemcachedSettings(
        servers.stream().map(MemcachedServer::address).toList(),
        Duration.ofSeconds(20),
        Ring.KETAMA,
        FeedMode.AUTO);
    return new Fleet(servers, transport.settings(plain));
  }

  /** Opens a store with this feed mode on a running server. */
  static Fleet of(FeedMode feed, MemcachedServer server) {
    return new Fleet(List.of(server), Duration.ofSeconds(20), Ring.KETAMA, feed);
  }

  /** Opens a store with this timeout on running servers. */
  static Fleet of(Duration timeout, MemcachedServer... servers) {
    return new Fleet(List.of(servers), timeout, Ring.KETAMA, FeedMode.AUTO);
  }

  private static List<MemcachedServer> started(int count, Release release) {
    return Stream.generate(() -> MemcachedServer.start(release)).limit(count).toList();
  }

  Store ports() {
    return Store.of(store.cache(), store.keyspace(), store.bulk(), store.clock());
  }

  MemcachedServer only() {
    return servers.get(0);
  }

  MemcachedServer named(String address) {
    return servers.stream()
        .filter(server -> server.address().equals(address))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until this time, and one second more, has passed by the clocks of all servers. */
  void elapse(Duration duration) {
    store.keyspace().servers().forEach(server -> {
      Instant end = now(server).plus(duration).plusSeconds(1);
      MemcachedServer.await(() -> !now(server).isBefore(end));
    });
  }

  /** Returns the time by the clock of the first server, in whole seconds. */
  Instant now() {
    return now(store.keyspace().servers().get(0));
  }

  private Instant now(String server) {
    ServerStats stats = store.keyspace().stats(server);
    // The id of the process ends with the time of its start.
    String start = stats.process().substring(stats.process().indexOf('@') + 1);
    return Instant.ofEpochSecond(Long.parseLong(start)).plus(stats.uptime());
  }

  @Override
  public void close() {
    store.close();
    servers.forEach(MemcachedServer::close);
  }
}
