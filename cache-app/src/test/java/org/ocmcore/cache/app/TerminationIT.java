package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.Relay;

/** SIGTERM while the jar that is shipped has work to do. */
class TerminationIT {
  private static final int TERMINATED = 143;

  /** What supervisors give. */
  private static final int LIMIT = 10;

  @TempDir
  private Path folder;

  private final MemcachedServer server = MemcachedServer.start();
  private final Relay relay = Relay.to(server);
  private final ExecutorService clients = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    clients.shutdownNow();
    relay.close();
    server.close();
  }

  private JarProcess start(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("MEMCACHED_SERVERS", relay.address());
    all.putIfAbsent("MEMCACHED_TIMEOUT_MS", "60000");
    return JarProcess.start(folder, all);
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException refused) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void aRequestInFlightIsAnsweredAndNoOtherIsTaken() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (JarProcess process = start(Map.of())) {
      int port = process.awaitPort();
      ApiClient api = new ApiClient(port);
      api.put("slow", "1");
      relay.editRequests(chunk -> {
        if (chunk.contains("mg slow")) {
          arrived.countDown();
        }
        return chunk;
      });
      server.pause();
      CompletableFuture<Reply> reply =
          CompletableFuture.supplyAsync(() -> api.get("/key/slow/"), clients);
      assertTrue(arrived.await(20, TimeUnit.SECONDS));
      process.terminate();
      Await.until(() -> !isListening(port));
      assertFalse(reply.isDone());
      server.resume();
      assertEquals(1, reply.get(20, TimeUnit.SECONDS).expect(200).number("value"));
      assertEquals(TERMINATED, process.awaitEnd(LIMIT));
    }
  }

  @Test
  void aDumpInProgressVanishesAndTheLastOneStays() throws Exception {
    try (JarProcess process = start(Map.of("CACHE_DUMP_RATE", "20"))) {
      ApiClient api = process.client();
      api.put("first", "1");
      api.send("POST", "/", null).expect(200);
      byte[] first = Files.readAllBytes(process.dumpFile());
      Set<String> before = process.dumps();
      IntStream.range(0, 1_000).parallel().forEach(i -> api.put("many:" + i, "1"));
      CompletableFuture<Reply> second =
          CompletableFuture.supplyAsync(() -> api.send("POST", "/", null), clients);
      Await.until(() -> process.dumps().size() > before.size());
      process.terminate();
      Reply answer = second.get(20, TimeUnit.SECONDS);
      answer.expectProblem(409, "cancelled");
      assertEquals(TERMINATED, process.awaitEnd(LIMIT));
      assertEquals(before, process.dumps());
      assertArrayEquals(first, Files.readAllBytes(process.dumpFile()));
    }
  }

  @Test
  void underLoadEveryAnswerIsWholeOrAbsent() throws Exception {
    try (JarProcess process = start(Map.of())) {
      int port = process.awaitPort();
      ApiClient api = new ApiClient(port);
      IntStream.range(0, 500).parallel().forEach(i -> api.put("k" + i, "\"v" + i + "\""));
      CountDownLatch busy = new CountDownLatch(2_000);
      List<CompletableFuture<Void>> loads = IntStream.range(0, 20)
          .mapToObj(i -> CompletableFuture.runAsync(() -> load(api, i, busy), clients))
          .toList();
      assertTrue(busy.await(60, TimeUnit.SECONDS));
      process.terminate();
      assertEquals(TERMINATED, process.awaitEnd(LIMIT));
      for (CompletableFuture<Void> load : loads) {
        load.get(20, TimeUnit.SECONDS);
      }
      assertFalse(process.err().contains("Exception"), process.err());
      assertFalse(process.err().contains(" ERROR "), process.err());
    }
  }

  /** Asks until the service is gone. */
  private static void load(ApiClient api, int first, CountDownLatch busy) {
    for (int i = first; ; i = (i + 7) % 500) {
      Reply reply;
      try {
        reply = i % 3 == 0 ? api.get("/keys/?limit=100") : api.get("/key/k" + i + "/");
      } catch (UncheckedIOException gone) {
        return;
      }
      busy.countDown();
      if (reply.status() != 503) {
        reply.expect(200);
        if (i % 3 != 0) {
          assertEquals("v" + i, reply.text("value"));
        }
      }
    }
  }

  @Test
  void itEndsInTimeAlthoughAServerHangs() throws Exception {
    try (JarProcess process = start(Map.of())) {
      ApiClient api = process.client();
      api.put("a", "1");
      server.pause();
      IntStream.range(0, 5)
          .forEach(i -> CompletableFuture.supplyAsync(() -> api.get("/key/a/"), clients));
      CompletableFuture.supplyAsync(() -> api.send("POST", "/", null), clients);
      Await.until(() -> api.get("/jobs/").json().toString().contains("dump"));
      process.terminate();
      assertEquals(TERMINATED, process.awaitEnd(LIMIT));
      assertEquals(Set.of(), process.dumps());
    }
  }

  @Test
  void itEndsWhileItStarts() throws Exception {
    try (JarProcess process = start(Map.of())) {
      ApiClient api = process.client();
      IntStream.range(0, 50).forEach(i -> api.put("k" + i, "1"));
      api.send("POST", "/", null).expect(200);
      process.terminate();
      assertEquals(TERMINATED, process.awaitEnd(LIMIT));
    }
    server.restart();
    CountDownLatch restoring = new CountDownLatch(1);
    relay.editRequests(chunk -> {
      if (chunk.contains("ms k")) {
        server.pause();
        restoring.countDown();
      }
      return chunk;
    });
    try (JarProcess process = start(Map.of("CACHE_RESTORE_ON_START", "true"))) {
      assertTrue(restoring.await(60, TimeUnit.SECONDS));
      process.terminate();
      assertEquals(TERMINATED, process.awaitEnd(LIMIT));
      assertFalse(process.err().contains("Exception"), process.err());
    }
  }
}
