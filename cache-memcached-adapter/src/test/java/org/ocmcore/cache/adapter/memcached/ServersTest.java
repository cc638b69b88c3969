package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;

/** The ring while host names resolve late or not at all. */
final class ServersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final CacheKey KEY = CacheKey.of("key");

  private static Servers servers(Duration timeout, Ring ring, Resolver resolver) {
    return new Servers(
        new MemcachedSettings(
            List.of("a.test:1", "b.test:2", "c.test:3"), timeout, ring, FeedMode.AUTO),
        resolver,
        Servers.LOOKUP_INTERVAL);
  }

  private static Server ownerOf(Servers servers) {
    return servers.ownerOf(KEY, Operation.on(KEY, "get"), servers.newDeadline());
  }

  private static List<InetSocketAddress> resolved(String host, int port) {
    try {
      return List.of(new InetSocketAddress(
          InetAddress.getByAddress(host, new byte[] {127, 0, 0, (byte) port}), port));
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theFailureNamesUnresolvedHosts() {
    Set<String> missing = ConcurrentHashMap.newKeySet();
    missing.addAll(List.of("a.test", "c.test"));
    try (Servers servers = servers(
        PATIENCE,
        Ring.KETAMA,
        (host, port) ->
            missing.contains(host) ? List.<InetSocketAddress>of() : resolved(host, port))) {
      StoreUnavailable two = assertThrows(StoreUnavailable.class, () -> ownerOf(servers));
      assertEquals("a.test:1, c.test:3", two.server());
      assertEquals(
          "the ring cannot be computed until a.test and c.test resolve:"
              + " its host name cannot be resolved",
          two.reason());
      missing.remove("a.test");
      StoreUnavailable one = assertThrows(StoreUnavailable.class, () -> ownerOf(servers));
      assertEquals("c.test:3", one.server());
      assertTrue(
          one.reason().startsWith("the ring cannot be computed until c.test resolves:"),
          one.reason());
      missing.remove("c.test");
      assertNotNull(ownerOf(servers));
    }
  }

  @Test
  void resolvedAddressesAreNotLookedUpAgain() {
    Map<String, Integer> lookups = new ConcurrentHashMap<>();
    try (Servers servers = servers(PATIENCE, Ring.KETAMA, (host, port) -> {
      lookups.merge(host, 1, Integer::sum);
      return host.equals("c.test") ? List.<InetSocketAddress>of() : resolved(host, port);
    })) {
      assertThrows(StoreUnavailable.class, () -> ownerOf(servers));
      Map<String, Integer> before = Map.copyOf(lookups);
      assertThrows(StoreUnavailable.class, () -> ownerOf(servers));
      assertEquals(before.get("a.test"), lookups.get("a.test"));
      assertEquals(before.get("b.test"), lookups.get("b.test"));
      assertTrue(before.get("c.test") < lookups.get("c.test"), lookups.toString());
    }
  }

  @Test
  void slowLookupsContinueForTheNextCall() {
    CountDownLatch answered = new CountDownLatch(1);
    Map<String, Integer> lookups = new ConcurrentHashMap<>();
    try (Servers servers = servers(Duration.ofSeconds(1), Ring.KETAMA, (host, port) -> {
      lookups.merge(host, 1, Integer::sum);
      if (host.equals("b.test")) {
        await(answered);
      }
      return resolved(host, port);
    })) {
      for (int i = 0; i < 2; i++) {
        assertEquals(
            "the ring cannot be computed until b.test resolves:"
                + " timed out, no answer within 1000 ms",
            assertThrows(StoreUnavailable.class, () -> ownerOf(servers)).reason());
      }
      assertEquals(1, lookups.get("b.test"));
      answered.countDown();
      MemcachedServer.await(() -> lookups.get("b.test") > 1);
      assertNotNull(ownerOf(servers));
    }
  }

  @Test
  void allServersAreLookedUpInParallel() {
    CyclicBarrier allThree = new CyclicBarrier(3);
    try (Servers servers = servers(PATIENCE, Ring.KETAMA, (host, port) -> {
      try {
        allThree.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
      return resolved(host, port);
    })) {
      assertNotNull(ownerOf(servers));
    }
  }

  @ParameterizedTest
  @EnumSource(Ring.class)
  void onlyTheRingOfXmemcachedNeedsAddresses(Ring ring) {
    try (Servers servers = servers(PATIENCE, ring, (host, port) -> List.of())) {
      if (ring == Ring.KETAMA) {
        assertThrows(StoreUnavailable.class, () -> ownerOf(servers));
      } else {
        assertEquals(
            3,
            IntStream.range(0, 100)
                .mapToObj(i -> servers.ownerOf(
                    CacheKey.of(i + "-is-a-key"), Operation.of("get"), servers.newDeadline()))
                .distinct()
                .count());
      }
    }
  }
}
