package org.ocmcore.cache.app;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

/**
 * The stores that every HTTP test runs on. Servers are started when they are first needed, and
 * shared.
 */
enum Store {
  MEMORY(0),
  ONE_MEMCACHED(1),
  THREE_MEMCACHED(3);

  private final int size;
  private List<MemcachedServer> servers;

  Store(int size) {
    this.size = size;
  }

  String backend() {
    return this == MEMORY ? "memory" : "memcached";
  }

  synchronized List<MemcachedServer> servers() {
    if (servers == null) {
      servers = Stream.generate(MemcachedServer::start).limit(size).toList();
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> servers.forEach(MemcachedServer::stop)));
    }
    return servers;
  }

  /** The addresses as stats/ tells them. */
  List<String> addresses() {
    return this == MEMORY
        ? List.of("memory")
        : servers().stream().map(MemcachedServer::address).toList();
  }

  /** The settings that make the service use it. */
  Map<String, String> settings() {
    return this == MEMORY ? Map.of() : Map.of("MEMCACHED_SERVERS", String.join(",", addresses()));
  }

  @Override
  public String toString() {
    return name()
        .toLowerCase()
        .chars()
        .mapToObj(c -> c == '_' ? " " : String.valueOf((char) c))
        .collect(Collectors.joining());
  }
}
