package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.adapter.memcached.FeedMode;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.adapter.memcached.Ring;
import org.ocmcore.cache.domain.key.CacheKey;

/** Each ring places keys on the servers where the client of that ring has stored them. */
class ForeignRingIT {
  private static final List<String> EQUAL = List.of("", "", "", "");
  private static final List<String> WEIGHTED = List.of(":3", ":1", ":2", ":1");

  private final List<MemcachedServer> servers =
      Stream.generate(MemcachedServer::start).limit(4).toList();

  @AfterEach
  void stop() {
    servers.forEach(MemcachedServer::close);
  }

  private final List<String> prefixes = new ArrayList<>(List.of("fleet"));

  private List<String> addresses(List<String> weights) {
    return IntStream.range(0, servers.size())
        .mapToObj(i -> servers.get(i).address() + weights.get(i))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "libmemcached-ketama, php, php_memcached.php",
    "libmemcached-ketama, /usr/bin/python3, pylibmc_weighted_client.py",
    "libmemcached-consistent, php, php_memcached_consistent.php",
    "libmemcached-consistent, /usr/bin/python3, pylibmc_client.py",
    "dalli, ruby, dalli.rb",
    "pymemcache, /usr/bin/python3, pymemcache_client.py",
    "python-memcached, /usr/bin/python3, python_memcached.py"
  })
  void everyKeyIsWhereItsClientStoredIt(String ring, String interpreter, String script)
      throws Exception {
    assertEquals(100, FleetClient.run(interpreter, script, "store", addresses(EQUAL)));
    assertPlaced(Ring.named(ring), EQUAL);
  }

  @ParameterizedTest
  @CsvSource({
    "libmemcached-ketama, php, php_memcached.php",
    "libmemcached-ketama, /usr/bin/python3, pylibmc_weighted_client.py",
    "libmemcached-consistent, php, php_memcached_consistent.php",
    "libmemcached-consistent, /usr/bin/python3, pylibmc_client.py",
    "dalli, ruby, dalli.rb",
    "python-memcached, /usr/bin/python3, python_memcached.py"
  })
  void everyKeyIsWhereItsClientStoredItByWeight(String ring, String interpreter, String script)
      throws Exception {
    assertEquals(100, FleetClient.run(interpreter, script, "store", addresses(WEIGHTED)));
    assertPlaced(Ring.named(ring), WEIGHTED);
  }

  @Test
  void everyKeyIsWhereATwemproxyStoredIt() throws Exception {
    storeThroughProxy(addresses(List.of(":1", ":1", ":1", ":1")));
    assertPlaced(Ring.TWEMPROXY, EQUAL);
  }

  @Test
  void everyKeyIsWhereATwemproxyStoredItByWeight() throws Exception {
    storeThroughProxy(addresses(WEIGHTED));
    assertPlaced(Ring.TWEMPROXY, WEIGHTED);
  }

  /** Its hash of keys with the same beginning is nearly the same, so there are many beginnings. */
  private void storeThroughProxy(List<String> weighted) throws Exception {
    prefixes.clear();
    IntStream.range(0, 9).mapToObj(i -> i + "fleet" + i).forEach(prefixes::add);
    try (Twemproxy proxy = Twemproxy.startWeighted(weighted)) {
      List<String> address = List.of(proxy.address());
      for (String prefix : prefixes) {
        assertEquals(
            100,
            FleetClient.run("/usr/bin/python3", "python_memcached.py", "store", prefix, address));
      }
    }
  }

  private void assertPlaced(Ring ring, List<String> weights) {
    MemcachedSettings settings =
        new MemcachedSettings(addresses(weights), Duration.ofSeconds(20), ring, FeedMode.AUTO);
    List<String> misplaced = new ArrayList<>();
    try (MemcachedStore store = MemcachedStore.open(settings)) {
      for (String prefix : prefixes) {
        for (int i = 0; i < 100; i++) {
          String key = prefix + ":" + i;
          String server = store.cache().place(CacheKey.of(key)).server();
          if (!serversWith(key).equals(List.of(server))) {
            misplaced.add(key);
          }
        }
      }
    }
    assertEquals(List.of(), misplaced);
    assertTrue(servers.stream().filter(server -> server.stat("curr_items") > 0).count() >= 2);
  }

  private List<String> serversWith(String key) {
    return servers.stream()
        .filter(server -> server.command("mg " + key).startsWith("HD"))
        .map(MemcachedServer::address)
        .toList();
  }
}
