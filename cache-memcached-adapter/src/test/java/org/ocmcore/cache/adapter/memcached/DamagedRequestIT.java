package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.NewLifetime;

/**
 * A request that becomes one for another key on its way fails; its result is never reported. Of
 * stores and deletions of many keys this is so for those that the server answers.
 */
final class DamagedRequestIT {
  private static final CacheKey ASKED = CacheKey.of("asked");
  private static final CacheKey OTHER = CacheKey.of("other");
  private static final CacheValue VALUE = CacheValue.ofText("value");

  private final MemcachedServer server = MemcachedServer.start();
  private final Relay relay = Relay.to(server);
  private final MemcachedStore store = MemcachedStore.open(new MemcachedSettings(
      List.of(relay.address()), Duration.ofSeconds(5), Ring.KETAMA, FeedMode.AUTO));

  @AfterEach
  void close() {
    store.close();
    relay.close();
    server.close();
  }

  private static Map<String, Consumer<MemcachedStore>> calls() {
    Map<String, Consumer<MemcachedStore>> calls = new LinkedHashMap<>();
    calls.put("get", store -> store.cache().get(ASKED));
    calls.put("store", store -> store.cache().store(ASKED, VALUE, Lifetime.FOREVER));
    calls.put("add", store -> store.cache().add(ASKED, VALUE, Lifetime.FOREVER));
    calls.put("delete", store -> store.cache().delete(ASKED));
    calls.put("refresh", store -> store.cache().refresh(ASKED, Lifetime.ofSeconds(9)));
    calls.put("increment", store -> store.cache().increment(ASKED, 1, Lifetime.FOREVER));
    calls.put("read all", store -> store.cache().readAll(List.of(store.cache().place(ASKED))));
    calls.put(
        "bulk refresh",
        store -> store
            .bulk()
            .refresh(
                name(store),
                List.of(new NewLifetime(ASKED, Lifetime.ofSeconds(9))).iterator(),
                (key, outcome, reason) -> {}));
    return calls;
  }

  private static String name(MemcachedStore store) {
    return store.cache().place(ASKED).server();
  }

  private static Stream<String> everyCall() {
    return calls().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void aRequestForAnotherKeyFails(String name) {
    store.cache().store(ASKED, CacheValue.ofText("1"), Lifetime.FOREVER);
    store.cache().store(OTHER, CacheValue.ofText("2"), Lifetime.FOREVER);
    relay.editRequests(chunk -> chunk.replace("asked", "other"));
    // The first call uses a pooled connection, later ones the shared one.
    IntStream.range(0, 3).forEach(i -> assertInvalid(calls().get(name)));
    relay.editRequests(UnaryOperator.identity());
    assertEquals(Optional.of(CacheValue.ofText("1")), store.cache().get(ASKED));
  }

  @Test
  void aDeletionOfManyThatFailsForAnotherKeyFails() {
    relay.editRequests(chunk -> chunk.replace("asked", "other"));
    assertInvalid(store ->
        store.bulk().delete(name(store), List.of(ASKED).iterator(), (key, outcome, reason) -> {}));
  }

  @Test
  void aStoreOfManyThatFailsForAnotherKeyFails() {
    store.cache().store(OTHER, VALUE, Lifetime.FOREVER);
    relay.editRequests(chunk -> chunk.replace("asked", "other"));
    CacheEntry entry = new CacheEntry(ASKED, VALUE, Expiry.NEVER);
    assertInvalid(store -> store
        .bulk()
        .store(name(store), List.of(entry).iterator(), true, (stored, outcome, reason) -> {}));
  }

  private void assertInvalid(Consumer<MemcachedStore> call) {
    StoreUnavailable failure = assertThrows(StoreUnavailable.class, () -> call.accept(store));
    assertEquals("it sent an invalid response: a response to another request", failure.reason());
  }

  @Test
  void aStoreThatBecameAnAddFails() {
    store.cache().store(ASKED, VALUE, Lifetime.FOREVER);
    relay.editRequests(chunk -> chunk.replace(" MS", " ME"));
    StoreUnavailable failure = assertThrows(
        StoreUnavailable.class, () -> store.cache().store(ASKED, VALUE, Lifetime.FOREVER));
    assertEquals("it sent an invalid response: \"NS\"", failure.reason());
  }
}
