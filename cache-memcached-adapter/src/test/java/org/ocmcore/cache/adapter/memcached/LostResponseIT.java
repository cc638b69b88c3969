package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;

/** A call whose response is lost fails; it never gets the response to another request. */
final class LostResponseIT {
  private static final int KEYS = 200;
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final MemcachedServer server = MemcachedServer.start();
  private final Relay relay = Relay.to(server);
  private final MemcachedStore store = MemcachedStore.open(
      new MemcachedSettings(List.of(relay.address()), TIMEOUT, Ring.KETAMA, FeedMode.AUTO),
      Clock.systemUTC());
  private final CachePort cache = store.cache();

  @AfterEach
  void close() {
    store.close();
    relay.close();
    server.close();
  }

  private static CacheKey key(int i) {
    return CacheKey.of("key:" + i);
  }

  private static CacheValue value(int i) {
    return CacheValue.ofText("value " + i);
  }

  private void fill() {
    for (int i = 0; i < KEYS; i += 2) {
      cache.store(key(i), value(i), Lifetime.FOREVER);
    }
  }

  /** Returns for each call whether its result is correct: even keys exist, odd keys do not. */
  private static Map<String, BiPredicate<CachePort, Integer>> calls() {
    Map<String, BiPredicate<CachePort, Integer>> calls = new LinkedHashMap<>();
    calls.put(
        "get",
        (cache, i) ->
            cache.get(key(i)).equals(Stream.of(value(i)).filter(v -> i % 2 == 0).findFirst()));
    calls.put(
        "read",
        (cache, i) -> cache
            .read(key(i))
            .map(entry -> entry.key().equals(key(i)) && entry.value().equals(value(i)))
            .orElse(i % 2 == 1));
    calls.put(
        "refresh", (cache, i) -> cache.refresh(key(i), Lifetime.ofSeconds(100)) == (i % 2 == 0));
    calls.put("add", (cache, i) -> !cache.add(key(i - i % 2), value(i), Lifetime.FOREVER));
    calls.put("delete", (cache, i) -> i % 2 == 0 || !cache.delete(key(i)));
    return calls;
  }

  private static Stream<String> everyCall() {
    return calls().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void aLostResponseNeverCausesAWrongResult(String name) {
    fill();
    BiPredicate<CachePort, Integer> call = calls().get(name);
    // After these calls the shared connection is up.
    IntStream.range(0, KEYS).forEach(i -> assertTrue(call.test(cache, i)));
    AtomicInteger failed = new AtomicInteger();
    List<Integer> wrong = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      relay.dropNextAnswer();
      IntStream.range(0, KEYS).parallel().forEach(i -> {
        try {
          if (!call.test(cache, i)) {
            synchronized (wrong) {
              wrong.add(i);
            }
          }
        } catch (StoreUnavailable e) {
          failed.incrementAndGet();
        }
      });
    }
    assertEquals(List.of(), wrong);
    assertEquals(5, relay.dropped());
    assertTrue(failed.get() >= 1, "no call failed");
  }

  @Test
  void readingManyKeysFailsOnALostResponse() {
    fill();
    List<CacheKey> keys = IntStream.range(0, KEYS).mapToObj(LostResponseIT::key).toList();
    cache.readAll(keys.stream().map(cache::place).toList());
    relay.dropNextAnswer();
    try {
      assertEquals(
          KEYS / 2, cache.readAll(keys.stream().map(cache::place).toList()).size());
      throw new AssertionError("nothing was lost");
    } catch (StoreUnavailable expected) {
      assertEquals(1, relay.dropped());
    }
  }
}
