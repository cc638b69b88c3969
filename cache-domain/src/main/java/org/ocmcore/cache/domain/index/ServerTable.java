package org.ocmcore.cache.domain.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

/**
 * Numbers the servers and knows where each key belongs. Immutable: when servers join or leave,
 * {@link #with} gives another table, where the servers that stay keep their numbers.
 */
final class ServerTable {
  /** The number of a server that is not in the table. */
  static final int NONE = -1;

  private final List<String> servers;

  /** The servers by number, with those that have left. */
  private final List<String> names;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final int[] positions;
  private final Function<CacheKey, PlacedKey> places;

  /** @throws IllegalArgumentException if there are more than {@link KeyMetadata#SERVERS} */
  ServerTable(List<String> servers, Function<CacheKey, PlacedKey> places) {
    this(servers, List.of(), places);
  }

  private ServerTable(
      List<String> servers, List<String> former, Function<CacheKey, PlacedKey> places) {
    if (servers.size() > KeyMetadata.SERVERS) {
      throw new IllegalArgumentException(
          "%d servers are more than %d".formatted(servers.size(), KeyMetadata.SERVERS));
    }
    this.servers = List.copyOf(servers);
    this.places = places;
    this.names = numbered(this.servers, former);
    for (int number = 0; number < names.size(); number++) {
      numbers.put(names.get(number), number);
    }
    numbers.keySet().retainAll(this.servers);
    positions = new int[names.size()];
    for (int position = 0; position < servers.size(); position++) {
      positions[numbers.get(servers.get(position))] = position;
    }
  }

  /** A new server gets a number that no server had, as long as there is one. */
  private static List<String> numbered(List<String> servers, List<String> former) {
    List<String> names = new ArrayList<>(former);
    int next = 0;
    for (String server : servers) {
      if (names.contains(server)) {
        continue;
      }
      if (names.size() < KeyMetadata.SERVERS) {
        names.add(server);
        continue;
      }
      while (servers.contains(names.get(next))) {
        next++;
      }
      names.set(next, server);
    }
    return List.copyOf(names);
  }

  /**
   * The table of these servers.
   *
   * @throws IllegalArgumentException if there are too many
   */
  ServerTable with(List<String> present) {
    return new ServerTable(present, names, places);
  }

  /** Whether there is a single server, so that keys have no copies. */
  boolean areOne() {
    return servers.size() == 1;
  }

  /** The servers in their order. */
  List<String> servers() {
    return servers;
  }

  String server(int number) {
    return names.get(number);
  }

  /** The position of a server among {@link #servers}. */
  int position(int number) {
    return positions[number];
  }

  /** The number of a server; {@link #NONE} if it is not in the table. */
  int number(String server) {
    return numbers.getOrDefault(server, NONE);
  }

  /** The number of the server where the key belongs; {@link #NONE} if it is not in the table. */
  int of(CacheKey key) {
    return number(places.apply(key).server());
  }
}
