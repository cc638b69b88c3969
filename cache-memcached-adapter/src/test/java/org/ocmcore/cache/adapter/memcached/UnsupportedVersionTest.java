package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.NewLifetime;
import org.ocmcore.cache.domain.testing.FeedThread;

/** A server whose release is too old gets no request but {@code version}. */
final class UnsupportedVersionTest {
  private static final CacheKey KEY = CacheKey.of("key");
  private static final CacheValue VALUE = CacheValue.ofText("v");

  private final ScriptedServer peer = ScriptedServer.start().version("1.6.9");
  private final MemcachedStore store = peer.store(Duration.ofSeconds(5));

  @AfterEach
  void close() {
    store.close();
    peer.close();
  }

  private static Map<String, Consumer<MemcachedStore>> calls() {
    Map<String, Consumer<MemcachedStore>> calls = new LinkedHashMap<>();
    calls.put("get", store -> store.cache().get(KEY));
    calls.put("store", store -> store.cache().store(KEY, VALUE, Lifetime.FOREVER));
    calls.put("delete", store -> store.cache().delete(KEY));
    calls.put("refresh", store -> store.cache().refresh(KEY, Lifetime.FOREVER));
    calls.put("clear", store -> store.cache().clear());
    calls.put("readAll", store -> store.cache().readAll(List.of(store.cache().place(KEY))));
    calls.put("stats", store -> store.keyspace().stats(server(store)));
    calls.put("probe", store -> store.keyspace().probe(server(store)));
    calls.put("walk", store -> store.keyspace().walk(server(store), key -> {}));
    calls.put(
        "bulk delete",
        store -> store
            .bulk()
            .delete(server(store), List.of(KEY).iterator(), (key, outcome, reason) -> {}));
    calls.put(
        "bulk refresh",
        store -> store
            .bulk()
            .refresh(
                server(store),
                List.of(new NewLifetime(KEY, Lifetime.FOREVER)).iterator(),
                (key, outcome, reason) -> {}));
    calls.put(
        "bulk store",
        store -> store
            .bulk()
            .store(
                server(store),
                List.of(new CacheEntry(KEY, VALUE, Expiry.NEVER)).iterator(),
                false,
                (entry, outcome, reason) -> {}));
    calls.put(
        "bulk find",
        store -> store.bulk().find(server(store), List.of(KEY).iterator(), (key, isThere) -> {}));
    return calls;
  }

  private static String server(MemcachedStore store) {
    return store.keyspace().servers().get(0);
  }

  private static Stream<String> everyCall() {
    return calls().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void everyCallFailsBeforeAnyOtherCommand(String name) {
    StoreUnavailable failure =
        assertThrows(StoreUnavailable.class, () -> calls().get(name).accept(store));
    assertTrue(
        failure
            .reason()
            .startsWith("its version 1.6.9 is too old, so it gets no requests:"
                + " upgrade it to memcached 1.6.11 or newer"),
        failure.reason());
    assertTrue(failure.isRefusal());
    assertEquals(Set.of("version"), Set.copyOf(peer.receivedCommands()));
  }

  @Test
  void unsupportedServersAreNotFollowed() {
    try (FeedThread feed = FeedThread.start(store.keyspace(), peer.address())) {
      assertTrue(feed.failure().isRefusal());
      assertEquals(List.of("version"), peer.receivedCommands());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.4.39", "1.5.22", "1.5.6 Ubuntu", "1.6.10"})
  void everyOlderReleaseIsRejected(String version) {
    peer.version(version);
    assertThrows(StoreUnavailable.class, () -> store.cache().get(KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.6.11", "1.6.45", "1.7.0", "2.0.0", "UNKNOWN"})
  void supportedAndUnknownReleasesAreUsed(String version) {
    peer.version(version);
    assertTrue(store.cache().get(KEY).isEmpty());
  }

  @Test
  void anUpgradedServerIsUsed() {
    assertThrows(StoreUnavailable.class, () -> store.cache().get(KEY));
    peer.version("1.6.18");
    assertTrue(store.cache().get(KEY).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+PONG", "VERSION"})
  void invalidVersionResponsesAreRejected(String answer) {
    peer.on("version", client -> client.send(answer + "\r\n"));
    StoreUnavailable failure =
        assertThrows(StoreUnavailable.class, () -> store.cache().get(KEY));
    assertTrue(failure.reason().startsWith("it sent an invalid response: "), failure.reason());
    assertEquals(List.of("version"), peer.receivedCommands());
  }
}
