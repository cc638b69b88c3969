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
enum StoreKind {
  MEMORY(0),
  /** As it comes: stores by others are found by walks, since watching for them is not safe. */
  ONE_MEMCACHED(1),
  /** Without the binary protocol, so that stores by others are watched. */
  THREE_MEMCACHED(3, "-B", "ascii");

  private final int size;
  private final String[] arguments;
  private List<MemcachedServer> servers;

  StoreKind(int size, String... arguments) {
    this.size = size;
    this.arguments = arguments;
  }

  /** Whether its feed reports what others store. */
  boolean reportsStores() {
    return this == THREE_MEMCACHED;
  }

  String backend() {
    return this == MEMORY ? "memory" : "memcached";
  }

  synchronized List<MemcachedServer> servers() {
    if (servers == null) {
      servers =
          Stream.generate(() -> MemcachedServer.start(arguments)).limit(size).toList();
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> servers.forEach(MemcachedServer::stop)));
    }
    return servers;
  }

  /** The addresses as in stats/. */
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
