package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;

/** The shared connection for calls on single keys, and its replacement. */
final class SharedConnectionTest {
  private static final CacheKey KEY = CacheKey.of("key");
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final ScriptedServer peer = ScriptedServer.start();
  private final MemcachedStore store = peer.store(TIMEOUT);
  private final CachePort cache = store.cache();

  @AfterEach
  void close() {
    store.close();
    peer.close();
  }

  private boolean answers() {
    try {
      return cache.get(KEY).isEmpty();
    } catch (StoreUnavailable notYet) {
      return false;
    }
  }

  /** Calls until one more connection than before is used. */
  private void awaitSharedConnection() {
    long before = Math.max(1, peer.keyConnections());
    MemcachedServer.await(() -> answers() && peer.keyConnections() > before);
  }

  @Test
  void callsMoveToTheSharedConnection() {
    awaitSharedConnection();
    long connections = peer.keyConnections();
    for (int i = 0; i < 500; i++) {
      assertTrue(cache.get(KEY).isEmpty());
    }
    assertEquals(connections, peer.keyConnections());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NONSENSE\r\n", "VA 5 f0 t-1\r\nab"})
  void missingOrInvalidResponsesReplaceTheConnection(String answer) {
    awaitSharedConnection();
    peer.on("mg", client -> client.send(answer));
    assertThrows(StoreUnavailable.class, () -> cache.get(KEY));
    assertThrows(StoreUnavailable.class, () -> cache.get(KEY));
    peer.on("mg", client -> client.send("EN\r\n"));
    assertTrue(cache.get(KEY).isEmpty());
    awaitSharedConnection();
  }

  @Test
  void callsSucceedAgainAfterAClosedConnection() {
    awaitSharedConnection();
    peer.on("mg", ScriptedServer.Peer::hangUp);
    StoreUnavailable failure = assertThrows(StoreUnavailable.class, () -> cache.get(KEY));
    assertTrue(failure.reason().startsWith("it closed the connection"), failure.reason());
    peer.on("mg", client -> client.send("EN\r\n"));
    MemcachedServer.await(this::answers);
    awaitSharedConnection();
  }

  @Test
  void unrequestedBytesDoNotBlockForever() {
    // Memcached does so when it has too many connections. xmemcached then waits for a command in
    // the thread that has to send it.
    AtomicBoolean full = new AtomicBoolean(true);
    AtomicBoolean first = new AtomicBoolean(true);
    peer.onConnect(client -> {
      if (!first.getAndSet(false) && full.get()) {
        client.send("ERROR Too many open connections\r\n");
      }
    });
    for (int i = 0; i < 5; i++) {
      answers();
    }
    full.set(false);
    // The shared connection may be up already, or come up while these calls run.
    MemcachedServer.await(() -> IntStream.range(0, 100).allMatch(i -> answers()));
  }

  @Test
  void tooManyConnectionsFailsWithTheServersMessage() {
    peer.onConnect(client -> {
      client.send("ERROR Too many open connections\r\n");
      client.hangUp();
    });
    StoreUnavailable failure = assertThrows(StoreUnavailable.class, () -> cache.get(KEY));
    assertTrue(
        failure.reason().contains("too many connections")
            || failure.reason().startsWith("it closed the connection"),
        failure.reason());
  }

  @Test
  void itConnectsToTheAddressNotTheName() throws Exception {
    try (ServerSocket second = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"));
        SharedConnection connection = SharedConnection.connect(
            new InetSocketAddress(
                InetAddress.getByAddress("localhost", second.getInetAddress().getAddress()),
                second.getLocalPort()),
            TIMEOUT,
            () -> ItemSize.DEFAULT_MAX)) {
      assertTrue(connection.isConnected());
    }
  }

  @Test
  void oneMisbehavingServerDoesNotAffectOthers() {
    try (ScriptedServer good = ScriptedServer.start();
        MemcachedStore both = MemcachedStore.open(
            new MemcachedSettings(
                List.of(peer.address(), good.address()), TIMEOUT, Ring.MODULO, FeedMode.AUTO),
            Clock.systemUTC())) {
      CacheKey bad = keyOn(both, peer);
      CacheKey fine = keyOn(both, good);
      peer.on("mg", client -> client.sendForEver("x"));
      for (int i = 0; i < 20; i++) {
        assertThrows(StoreUnavailable.class, () -> both.cache().get(bad));
        assertTrue(both.cache().get(fine).isEmpty());
      }
    }
  }

  private static CacheKey keyOn(MemcachedStore store, ScriptedServer server) {
    for (int i = 0; ; i++) {
      CacheKey key = CacheKey.of("key:" + i);
      if (store.cache().place(key).server().equals(server.address())) {
        return key;
      }
    }
  }

  @Test
  void interruptedCallsFailAndKeepTheFlag() throws Exception {
    try (MemcachedStore patient = peer.store(Duration.ofMinutes(10))) {
      CachePort silent = patient.cache();
      assertInterruptible(() -> silent.get(KEY));
      peer.on("mg", client -> client.send("EN\r\n"));
      assertTrue(silent.get(KEY).isEmpty());
      // The first was interrupted, the second is the pooled one.
      MemcachedServer.await(() -> silent.get(KEY).isEmpty() && peer.keyConnections() > 2);
      assertInterruptible(() -> silent.get(KEY));
      assertInterruptible(() -> patient.keyspace().walk(peer.address(), key -> {}));
    }
  }

  private void assertInterruptible(Runnable call) throws Exception {
    CompletableFuture<Void> received = new CompletableFuture<>();
    peer.on("mg", client -> received.complete(null));
    peer.on("lru_crawler", client -> received.complete(null));
    FutureTask<Boolean> task = new FutureTask<>(() -> {
      StoreUnavailable failure = assertThrows(StoreUnavailable.class, call::run);
      assertTrue(failure.reason().startsWith("interrupted"), failure.reason());
      return Thread.currentThread().isInterrupted();
    });
    Thread thread = new Thread(task);
    thread.start();
    received.join();
    thread.interrupt();
    assertTrue(task.get(), "the flag is gone");
  }

  @Test
  void noThreadIsLeftAfterClose() {
    awaitSharedConnection();
    store.close();
    MemcachedServer.await(
        () -> Thread.getAllStackTraces().keySet().stream().noneMatch(SharedConnectionTest::isOurs));
    assertThrows(IllegalStateException.class, () -> cache.get(KEY));
  }

  private static boolean isOurs(Thread thread) {
    return thread.getName().startsWith("memcached-")
        || thread.getName().startsWith("Xmemcached-Reactor");
  }
}
