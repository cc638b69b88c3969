package org.ocmcore.cache.domain.index;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

/** Numbers the servers and knows where each key belongs. Immutable. */
final class ServerTable {
  private final List<String> servers;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Function<CacheKey, PlacedKey> places;

  /** @throws IllegalArgumentException if there are more than {@link KeyMetadata#SERVERS} */
  ServerTable(List<String> servers, Function<CacheKey, PlacedKey> places) {
    if (servers.size() > KeyMetadata.SERVERS) {
      throw new IllegalArgumentException(
          "%d servers are more than %d".formatted(servers.size(), KeyMetadata.SERVERS));
    }
    this.servers = List.copyOf(servers);
    this.places = places;
    for (int i = 0; i < servers.size(); i++) {
      numbers.put(servers.get(i), i);
    }
  }

  /** Whether there is a single server, so that keys have no copies. */
  boolean areOne() {
    return servers.size() == 1;
  }

  List<String> servers() {
    return servers;
  }

  String server(int number) {
    return servers.get(number);
  }

  /** @throws IllegalArgumentException if there is no such server */
  int number(String server) {
    Integer number = numbers.get(server);
    if (number == null) {
      throw new IllegalArgumentException("there is no server \"" + server + "\"");
    }
    return number;
  }

  /** The number of the server where the key belongs. */
  int of(CacheKey key) {
    return number(places.apply(key).server());
  }
}
