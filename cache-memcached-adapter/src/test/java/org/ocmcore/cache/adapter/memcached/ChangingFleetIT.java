package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;

/** A name with several addresses, with a real server on each, that change. */
final class ChangingFleetIT {
  private static final String HOST = "cache.test";
  private static final String ONE = "127.0.0.1";
  private static final String TWO = "127.0.0.2";
  private static final String THREE = "127.0.0.3";

  private final List<MemcachedServer> servers = MemcachedServer.startOnOnePort(ONE, TWO, THREE);
  private final TestHosts hosts = new TestHosts();
  private final String name = HOST + ":" + servers.get(0).port();
  private MemcachedStore store;

  @AfterEach
  void stop() {
    store.close();
    servers.forEach(MemcachedServer::close);
  }

  private void open(Ring ring, String... addresses) {
    hosts.set(HOST, addresses);
    store = hosts.open(ring, name);
  }

  private List<String> named(String... addresses) {
    return List.of(addresses).stream()
        .map(address -> name + " (" + address + ")")
        .toList();
  }

  private void awaitServers(String... addresses) {
    MemcachedServer.await(() -> store.keyspace().servers().equals(named(addresses)));
  }

  private void storeKeys(int count) {
    for (int i = 0; i < count; i++) {
      store.cache().store(CacheKey.of(i + "-is-a-key"), CacheValue.ofText("v"), Lifetime.FOREVER);
    }
  }

  private List<String> walked() {
    List<String> keys = new ArrayList<>();
    for (String server : store.keyspace().servers()) {
      store.keyspace().walk(server, key -> {
        assertEquals(server, key.server());
        keys.add(key.key().toString());
      });
    }
    return keys;
  }

  @ParameterizedTest
  @EnumSource(Ring.class)
  void keysAreSpreadOverAllAddressesAndListed(Ring ring) {
    open(ring, TWO, ONE);
    assertEquals(named(ONE, TWO), store.keyspace().servers());
    storeKeys(100);
    assertTrue(servers.get(0).stat("curr_items") > 0);
    assertTrue(servers.get(1).stat("curr_items") > 0);
    assertEquals(
        new TreeSet<>(IntStream.range(0, 100).mapToObj(i -> i + "-is-a-key").toList()),
        new TreeSet<>(walked()));
    assertEquals(ring.text(), store.keyspace().ring());
  }

  @Test
  void joinedServersAreUsed() {
    open(Ring.KETAMA, ONE, TWO);
    storeKeys(50);
    hosts.set(HOST, THREE, TWO, ONE);
    awaitServers(ONE, TWO, THREE);
    storeKeys(50);
    assertTrue(servers.get(2).stat("curr_items") > 0);
  }

  @Test
  void aSingleServerBecomesSeveral() {
    open(Ring.KETAMA, ONE);
    assertEquals(List.of(name), store.keyspace().servers());
    storeKeys(10);
    assertEquals(10, servers.get(0).stat("curr_items"));
    hosts.set(HOST, ONE, TWO);
    awaitServers(ONE, TWO);
    assertEquals(10, walked().size());
    StoreUnavailable former =
        assertThrows(StoreUnavailable.class, () -> store.keyspace().stats(name));
    assertTrue(former.reason().contains(name + " (127.0.0.2)"), former.reason());
  }

  @Test
  void callsOnAServerThatLeftSaySo() {
    open(Ring.MODULO, ONE, TWO);
    storeKeys(10);
    String former = named(TWO).get(0);
    store.keyspace().stats(former);
    hosts.set(HOST, ONE, THREE);
    awaitServers(ONE, THREE);
    StoreUnavailable failure =
        assertThrows(StoreUnavailable.class, () -> store.keyspace().stats(former));
    assertEquals(former, failure.server());
    assertEquals(
        "there is no such server now; the servers are " + String.join(", ", named(ONE, THREE)),
        failure.reason());
  }

  @Test
  void aFeedOfAServerThatLeavesEnds() {
    open(Ring.MODULO, ONE, TWO);
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<Boolean> feed = CompletableFuture.supplyAsync(
        () -> store.keyspace().follow(named(TWO).get(0), new Beginning(started)));
    MemcachedServer.await(() -> started.getCount() == 0);
    hosts.set(HOST, ONE, THREE);
    CompletionException ended = assertThrows(CompletionException.class, feed::join);
    StoreUnavailable reason = (StoreUnavailable) ended.getCause();
    assertTrue(reason.reason().startsWith("it has left; the servers are "), reason.reason());
  }

  /** Notes that the feed began. */
  private record Beginning(CountDownLatch latch) implements ChangeListener {
    @Override
    public void began(Set<Kind> kinds) {
      latch.countDown();
    }

    @Override
    public void withheld(String reason) {}

    @Override
    public void stored(KeyInfo key, Instant at) {}

    @Override
    public void removed(CacheKey key, Instant at) {}

    @Override
    public void evicted(CacheKey key, Instant at) {}

    @Override
    public void counted(Kind kind) {}

    @Override
    public void skipped(long count) {}

    @Override
    public void caughtUp() {}
  }

  @Test
  void aFailedLookupKeepsTheServers() {
    open(Ring.KETAMA, ONE, TWO);
    storeKeys(20);
    hosts.remove(HOST);
    hosts.awaitLookup();
    assertEquals(named(ONE, TWO), store.keyspace().servers());
    assertEquals(20, walked().size());
    hosts.set(HOST, ONE, TWO, THREE);
    awaitServers(ONE, TWO, THREE);
  }

  @Test
  void aNameThatResolvesLateIsFound() {
    store = hosts.open(Ring.KETAMA, name);
    assertThrows(StoreUnavailable.class, () -> store.keyspace().stats(name));
    hosts.set(HOST, ONE, TWO);
    awaitServers(ONE, TWO);
    storeKeys(10);
    assertEquals(10, walked().size());
  }
}
