package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.KeyOutcome;
import org.ocmcore.cache.domain.port.NewLifetime;

/** Real servers that crash, hang and come back. */
final class OutageIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Lifetime HOUR = Lifetime.ofSeconds(3600);
  private static final CacheValue VALUE = CacheValue.ofText("value");
  private static final CacheKey KEY = CacheKey.of("key");
  private static final List<CacheKey> KEYS =
      IntStream.range(0, 300).mapToObj(i -> CacheKey.of("key:" + i)).toList();

  private static StoreUnavailable failure(Executable call) {
    return assertTimeoutPreemptively(BOUND, () -> assertThrows(StoreUnavailable.class, call));
  }

  private static boolean works(CachePort cache) {
    try {
      cache.store(KEY, VALUE, HOUR);
      return cache.get(KEY).isPresent();
    } catch (StoreUnavailable notYet) {
      return false;
    }
  }

  @Test
  void serversDownAtOpenAreUsedLater() {
    MemcachedServer server = MemcachedServer.down();
    try (Fleet fleet = Fleet.of(Duration.ofSeconds(5), server)) {
      CachePort cache = fleet.store.cache();
      assertEquals(
          "connection refused: no memcached listens there",
          failure(() -> cache.get(KEY)).reason());
      assertEquals(
          server.address()
              + ": store of key 'key' failed: connection refused: no memcached listens there",
          failure(() -> cache.store(KEY, VALUE, HOUR)).getMessage());
      server.restart();
      cache.store(KEY, VALUE, HOUR);
      assertTrue(cache.get(KEY).isPresent());
    }
  }

  @Test
  void callsFailUntilACrashedServerIsBack() {
    try (Fleet fleet = Fleet.of(Duration.ofSeconds(5), MemcachedServer.start())) {
      CachePort cache = fleet.store.cache();
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 50; i++) {
          assertTrue(works(cache));
        }
        fleet.only().stop();
        failure(() -> cache.get(KEY));
        failure(() -> cache.store(KEY, VALUE, HOUR));
        failure(() -> fleet.store.keyspace().walk(fleet.only().address(), key -> {}));
        fleet.only().restart();
        MemcachedServer.await(() -> works(cache));
      }
    }
  }

  @Test
  void callsTimeOutWhileTheServerHangs() {
    try (Fleet fleet = Fleet.of(TIMEOUT, MemcachedServer.start())) {
      CachePort cache = fleet.store.cache();
      MemcachedServer.await(() -> works(cache));
      fleet.only().pause();
      for (int i = 0; i < 3; i++) {
        long start = System.nanoTime();
        assertTrue(failure(() -> cache.get(KEY)).reason().startsWith("timed out"));
        assertTrue(System.nanoTime() - start < 10 * TIMEOUT.toNanos());
      }
      failure(() -> cache.store(KEY, CacheValue.of(new byte[900_000], 0), HOUR));
      failure(() -> cache.clear());
      failure(() -> fleet.store.keyspace().stats(fleet.only().address()));
      fleet.only().resume();
      MemcachedServer.await(() -> works(cache));
    }
  }

  @Test
  void oneServerDownMovesNoKeys() {
    try (Fleet fleet = Fleet.of(3)) {
      CachePort cache = fleet.store.cache();
      KEYS.forEach(key -> cache.store(key, VALUE, HOUR));
      List<PlacedKey> places = KEYS.stream().map(cache::place).toList();
      MemcachedServer dead = fleet.servers.get(1);
      dead.stop();

      assertEquals(places, KEYS.stream().map(cache::place).toList());
      for (PlacedKey place : places) {
        if (place.server().equals(dead.address())) {
          StoreUnavailable failure = failure(() -> cache.get(place.key()));
          assertEquals(dead.address(), failure.server());
          failure(() -> cache.store(place.key(), VALUE, HOUR));
        } else {
          assertTrue(cache.get(place.key()).isPresent());
          assertTrue(cache.refresh(place.key(), HOUR));
        }
      }

      dead.restart();
      places.stream()
          .filter(place -> place.server().equals(dead.address()))
          .forEach(place -> assertFalse(cache.get(place.key()).isPresent()));
    }
  }

  @Test
  void unresolvedHostsOnModuloFailOnlyTheirKeys() {
    String nowhere = "no..host:11211";
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = MemcachedStore.open(
            new MemcachedSettings(
                List.of(server.address(), nowhere),
                Duration.ofSeconds(20),
                Ring.MODULO,
                FeedMode.AUTO),
            Clock.systemUTC())) {
      CachePort cache = store.cache();
      List<PlacedKey> places = KEYS.stream().map(cache::place).toList();
      assertEquals(2, places.stream().map(PlacedKey::server).distinct().count());
      for (PlacedKey place : places) {
        if (place.server().equals(nowhere)) {
          assertEquals(
              "its host name cannot be resolved",
              failure(() -> cache.get(place.key())).reason());
        } else {
          cache.store(place.key(), VALUE, HOUR);
          assertTrue(cache.get(place.key()).isPresent());
        }
      }
      assertEquals(Set.of(nowhere), refresh(store, places).keySet());
    }
  }

  @Test
  void bulkOperationsSucceedOnServersThatAreUp() {
    try (Fleet fleet = Fleet.of(3)) {
      CachePort cache = fleet.store.cache();
      KEYS.forEach(key -> cache.store(key, VALUE, HOUR));
      List<PlacedKey> places = KEYS.stream().map(cache::place).toList();
      MemcachedServer dead = fleet.servers.get(2);
      dead.stop();
      assertEquals(Set.of(dead.address()), refresh(fleet.store, places).keySet());
      assertEquals(dead.address(), failure(() -> cache.readAll(places)).server());
    }
  }

  /** Refreshes all keys of each server; returns the failures by server. */
  private static Map<String, StoreUnavailable> refresh(
      MemcachedStore store, List<PlacedKey> places) {
    Map<String, StoreUnavailable> failures = new HashMap<>();
    for (String server : store.keyspace().servers()) {
      List<NewLifetime> mine = places.stream()
          .filter(place -> place.server().equals(server))
          .map(place -> new NewLifetime(place.key(), HOUR))
          .toList();
      List<KeyOutcome> reported = new ArrayList<>();
      try {
        store
            .bulk()
            .refresh(server, mine.iterator(), (key, outcome, reason) -> reported.add(outcome));
        assertEquals(Collections.nCopies(mine.size(), KeyOutcome.DONE), reported);
      } catch (StoreUnavailable e) {
        failures.put(server, e);
      }
    }
    return failures;
  }

  @Test
  void aHungServerDoesNotDelayTheOthers() {
    MemcachedServer[] servers = {
      MemcachedServer.start(), MemcachedServer.start(), MemcachedServer.start()
    };
    try (Fleet fleet = Fleet.of(TIMEOUT, servers)) {
      CachePort cache = fleet.store.cache();
      KEYS.forEach(key -> cache.store(key, VALUE, HOUR));
      List<PlacedKey> places = KEYS.stream().map(cache::place).toList();
      List<PlacedKey> alive = new ArrayList<>(places);
      alive.removeIf(place -> place.server().equals(servers[0].address()));
      servers[0].pause();

      assertEquals(
          Set.of(servers[0].address()),
          assertTimeoutPreemptively(BOUND, () -> refresh(fleet.store, places).keySet()));
      assertEquals(alive.size(), cache.readAll(alive).size());
      alive.forEach(place -> assertTrue(cache.get(place.key()).isPresent()));
      servers[0].resume();
      MemcachedServer.await(() -> refresh(fleet.store, places).isEmpty());
    }
  }

  @Test
  void clearNamesTheServersThatFailed() {
    try (Fleet fleet = Fleet.of(3)) {
      CachePort cache = fleet.store.cache();
      KEYS.forEach(key -> cache.store(key, VALUE, HOUR));
      String first = fleet.servers.get(0).address();
      String last = fleet.servers.get(2).address();
      String alive = fleet.servers.get(1).address();
      fleet.servers.get(2).stop();
      assertEquals(
          last
              + ": clear failed: connection refused: no memcached listens there; all other servers are cleared",
          failure(cache::clear).getMessage());
      fleet.servers.get(0).stop();
      String both = failure(cache::clear).getMessage();
      assertTrue(both.contains(first) && both.contains(last) && !both.contains(alive), both);
      KEYS.stream()
          .filter(key -> cache.place(key).server().equals(alive))
          .forEach(key -> assertFalse(cache.get(key).isPresent()));
    }
  }
}
