package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.adapter.memcached.ScriptedServer.Script;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.NewLifetime;

/** Every operation on a misbehaving server fails in time, and the failure names the server. */
final class MisbehavingServerTest {
  private static final Duration TIMEOUT = Duration.ofMillis(80);
  private static final String NO_OP = "answers another question";

  /** The operations of which a success is known by the answer to mn alone. */
  private static final Set<String> QUIET = Set.of("bulk delete", "bulk store");

  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Lifetime HOUR = Lifetime.ofSeconds(3600);
  private static final CacheKey KEY = CacheKey.of("key");
  private static final CacheValue VALUE = CacheValue.ofText("value");

  private static Map<String, Script> behaviours() {
    Map<String, Script> all = new LinkedHashMap<>();
    all.put("says nothing", peer -> {});
    all.put("stops in the middle of a line", peer -> peer.send("H"));
    all.put("sends an endless line", peer -> peer.sendForEver("x".repeat(1000)));
    all.put("answers rubbish", peer -> peer.send("220 mail.example.org ESMTP\r\n"));
    all.put("answers what begins like an answer", peer -> peer.send("NONSENSE\r\n"));
    all.put("answers with an empty line", peer -> peer.send("\r\n"));
    all.put(NO_OP, peer -> peer.send("MN\r\n"));
    all.put("answers with binary", peer -> peer.send(new byte[] {(byte) 0x81, 0, 0, 0, 10}));
    all.put("does not know the command", peer -> peer.send("ERROR\r\n"));
    all.put("wants a password", peer -> peer.send("CLIENT_ERROR unauthenticated\r\n"));
    all.put("has too many connections", peer -> peer.send("ERROR Too many open connections\r\n"));
    all.put("drips", peer -> peer.drip("VA 100 f0 t-1\r\n" + "x".repeat(1000)));
    all.put("hangs up", ScriptedServer.Peer::hangUp);
    all.put("hangs up in the middle of an answer", peer -> {
      peer.send("VA 10 f0 t-1\r\nabc");
      peer.hangUp();
    });
    all.put("announces a negative length", peer -> peer.send("VA -5 f0 t-1\r\n\r\n"));
    all.put("announces no length", peer -> peer.send("VA\r\n"));
    all.put("announces an impossible length", peer -> peer.send("VA 99999999999 f0 t-1\r\n"));
    all.put(
        "announces a huge value and sends little",
        peer -> peer.send("VA 1073741824 f0 t-1\r\nabc"));
    all.put(
        "announces a short value and sends more", peer -> peer.send("VA 1 f0 t-1\r\nabcdef\r\n"));
    all.put("announces impossible flags", peer -> peer.send("VA 1 f-1 t-1\r\na\r\n"));
    all.put("announces an impossible lifetime", peer -> peer.send("VA 1 f1 t-9\r\na\r\n"));
    return all;
  }

  /** A call to the store. */
  private interface Operation {
    void on(MemcachedStore store);
  }

  private static Map<String, Operation> operations() {
    Map<String, Operation> all = new LinkedHashMap<>();
    all.put("get", store -> store.cache().get(KEY));
    all.put("read", store -> store.cache().read(KEY));
    all.put("store", store -> store.cache().store(KEY, VALUE, HOUR));
    all.put("add", store -> store.cache().add(KEY, VALUE, HOUR));
    all.put("delete", store -> store.cache().delete(KEY));
    all.put("refresh", store -> store.cache().refresh(KEY, HOUR));
    all.put("increment", store -> store.cache().increment(KEY, 1, HOUR));
    all.put("read with version", store -> store.cache().readVersioned(KEY));
    all.put("replace", store -> store.cache().replace(KEY, 1, VALUE, HOUR));
    all.put("clear", store -> store.cache().clear());
    all.put("readAll", store -> store.cache().readAll(placed(store)));
    all.put(
        "bulk delete",
        store -> store.bulk().delete(server(store), List.of(KEY).iterator(), (key, is, why) -> {}));
    all.put(
        "bulk refresh",
        store -> store
            .bulk()
            .refresh(
                server(store),
                List.of(new NewLifetime(KEY, HOUR)).iterator(),
                (key, is, why) -> {}));
    all.put(
        "bulk store",
        store -> store
            .bulk()
            .store(
                server(store),
                List.of(new CacheEntry(KEY, VALUE, Expiry.NEVER)).iterator(),
                true,
                (entry, is, why) -> {}));
    all.put("stats", store -> store.keyspace().stats(server(store)));
    all.put("walk", store -> store.keyspace().walk(server(store), key -> {}));
    return all;
  }

  private static List<PlacedKey> placed(MemcachedStore store) {
    return List.of(new PlacedKey(KEY, server(store)));
  }

  private static String server(MemcachedStore store) {
    return store.keyspace().servers().get(0);
  }

  /** The one answer that ends a quiet operation is no fault there. */
  private static Stream<Arguments> everyBehaviourOnEveryOperation() {
    return behaviours().keySet().stream()
        .flatMap(behaviour -> operations().keySet().stream()
            .filter(operation -> !QUIET.contains(operation) || !behaviour.equals(NO_OP))
            .map(operation -> Arguments.of(behaviour, operation)));
  }

  @ParameterizedTest(name = "a peer that {0} fails {1}")
  @MethodSource("everyBehaviourOnEveryOperation")
  void everyOperationFailsInTime(String behaviour, String operation) {
    Script script = behaviours().get(behaviour);
    try (ScriptedServer peer = ScriptedServer.start();
        MemcachedStore store = peer.store(TIMEOUT)) {
      List.of("mg", "ms", "md", "ma", "flush_all", "lru_crawler")
          .forEach(command -> peer.on(command, script));
      if (operation.equals("stats")) {
        peer.on("stats", script);
      }
      if (QUIET.contains(operation)) {
        peer.on("mn", script);
      }
      assertTimeoutPreemptively(BOUND, () -> {
        StoreUnavailable failure = assertThrows(
            StoreUnavailable.class, () -> operations().get(operation).on(store));
        assertEquals(peer.address(), failure.server());
      });
    }
  }

  @ParameterizedTest(name = "a peer that {0} fails the shared connection")
  @MethodSource("everyBehaviour")
  void theSharedConnectionFailsInTime(String behaviour) {
    Script script = behaviours().get(behaviour);
    try (ScriptedServer peer = ScriptedServer.start().on("mg", script)) {
      assertTimeoutPreemptively(BOUND, () -> {
        try (SharedConnection shared =
            SharedConnection.connect(peer.socketAddress(), TIMEOUT, () -> ItemSize.DEFAULT_MAX)) {
          assertTrue(shared.isConnected());
          MetaRequest request = MetaRequest.get(KEY);
          assertThrows(
              IOException.class,
              () -> request.isSuccess(shared.execute(request, Deadline.in(TIMEOUT))));
        }
      });
    }
  }

  private static Stream<String> everyBehaviour() {
    return behaviours().keySet().stream();
  }

  @ParameterizedTest(name = "statistics that {0} are rubbish")
  @MethodSource("lackingStatistics")
  void incompleteStatisticsAreRejected(String name, String answer) {
    try (ScriptedServer peer = ScriptedServer.start().on("stats", p -> p.send(answer));
        MemcachedStore store = peer.store(TIMEOUT)) {
      StoreUnavailable failure =
          assertThrows(StoreUnavailable.class, () -> store.keyspace().stats(peer.address()));
      assertTrue(failure.reason().startsWith("it sent an invalid response: "), failure.reason());
    }
  }

  private static Stream<Arguments> lackingStatistics() {
    return Stream.of(
        Arguments.of("are empty", "END\r\n"),
        Arguments.of("lack the uptime", "STAT version 1.6.18\r\nEND\r\n"),
        Arguments.of("hold words", "STAT version 1\r\nSTAT uptime long\r\nEND\r\n"));
  }
}
