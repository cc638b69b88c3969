package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.key.CacheKey;

/** How often the library waits for servers that are far away, counted on the wire. */
class RoundTripIT {
  private static final Duration HOUR = Duration.ofHours(1);

  private final List<MemcachedServer> servers =
      Stream.generate(MemcachedServer::start).limit(3).toList();
  private final List<Relay> relays =
      servers.stream().map(server -> Relay.to(server, Duration.ofMillis(300))).toList();
  private final MemcachedStore store = MemcachedStore.open(MemcachedSettings.parse(
      relays.stream().map(Relay::address).collect(Collectors.joining(","))));
  private final Cache cache = Cache.builder(store).build();
  private final Map<String, Integer> values =
      IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "k" + i, i -> i));

  /** Opening a connection takes round trips of its own. */
  @BeforeEach
  void openConnections() {
    values.keySet().stream()
        .collect(Collectors.toMap(
            key -> store.cache().place(CacheKey.of(key)).server(), key -> key, (one, two) -> one))
        .values()
        .forEach(key -> cache.get(key, Integer.class));
    cache.setAll(values, HOUR);
  }

  @AfterEach
  void close() {
    cache.close();
    relays.forEach(Relay::close);
    servers.forEach(MemcachedServer::stop);
  }

  private void assertOneRoundTripEach(Runnable call) {
    List<Integer> before = relays.stream().map(Relay::roundTrips).toList();
    call.run();
    List<Integer> after = relays.stream().map(Relay::roundTrips).toList();
    assertEquals(before.stream().map(count -> count + 1).toList(), after);
  }

  @Test
  void manyKeysTakeOneRoundTripForEachServer() {
    assertOneRoundTripEach(
        () -> assertEquals(values, cache.getAll(values.keySet(), Integer.class)));
    assertOneRoundTripEach(() -> cache.setAll(values, HOUR));
    assertOneRoundTripEach(() -> assertEquals(100, cache.deleteAll(values.keySet())));
  }
}
