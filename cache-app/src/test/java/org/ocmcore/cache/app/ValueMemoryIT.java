package org.ocmcore.cache.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

/** The jar that is shipped, with little memory and callers who want much of it. */
@Timeout(240)
class ValueMemoryIT {
  private static final int MIB = 1024 * 1024;
  private static final int AT_ONCE = 24;
  private static final String REST = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  @TempDir
  private Path folder;

  private JarProcess start(String heap, Map<String, String> settings) {
    return JarProcess.start(folder, "exec", List.of(heap), settings);
  }

  /** Puts a small value that decodes to as many bytes. */
  private static void putCompressed(ApiClient api, int bytes) throws IOException {
    byte[] value = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      // Zeros alone would be compressed more than a view allows.
      value[i] = (byte) (i >> 6);
    }
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(compressed)) {
      out.write(value);
    }
    String base64 = Base64.getEncoder().encodeToString(compressed.toByteArray());
    api.put("small", "{\"base64\":\"" + base64 + "\"}");
  }

  /** Sends the same request many times at once; each is answered, or refused as too busy. */
  private static void sendAtOnce(JarProcess process, Supplier<Reply> request) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<CompletableFuture<Reply>> replies = IntStream.range(0, AT_ONCE)
          .mapToObj(i -> CompletableFuture.supplyAsync(request, threads))
          .toList();
      int answered = 0;
      for (CompletableFuture<Reply> reply : replies) {
        if (reply.join().status() == 200) {
          answered++;
        } else {
          reply.join().expectProblem(503, "too-busy");
        }
      }
      assertTrue(answered > 0, "none of them was answered");
      assertTrue(process.isAlive(), process.err());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void viewsAtOnceTakeNoMoreThanThereIs() throws IOException {
    try (JarProcess process = start("-Xmx160m", Map.of())) {
      ApiClient api = process.client();
      putCompressed(api, 20 * MIB);
      sendAtOnce(process, () -> api.get("/key/small/view"));
      sendAtOnce(process, () -> api.get("/key/?key_base64=c21hbGw=&decode=zlib,hex"));
      assertEquals(20 * MIB, size(api.get("/key/small/view").expect(200)));
    }
  }

  @Test
  void oneLargeViewFits() throws IOException {
    try (JarProcess process = start("-Xmx512m", Map.of())) {
      ApiClient api = process.client();
      putCompressed(api, 64 * MIB);
      assertEquals(64 * MIB, size(api.get("/key/small/view").expect(200)));
    }
  }

  /** Keys that were stored since the last walk are as large as any item may be. */
  @Test
  void unknownValuesTakeNoMoreThanThereIs() throws IOException {
    try (MemcachedServer server = MemcachedServer.start();
        JarProcess process = start(
            "-Xmx128m",
            Map.of(
                "MEMCACHED_SERVERS",
                server.address(),
                "CACHE_WALK_INTERVAL",
                "3600",
                "CACHE_FEED",
                "off"))) {
      ApiClient api = process.client();
      assertEquals(0, api.get("/keys/").expect(200).number("total_keys"));
      List<String> keys = IntStream.range(0, 24).mapToObj(i -> "\"k" + i + "\"").toList();
      putDirectly(server, keys.size());
      String body = "{\"keys\": [" + String.join(",", keys) + "]}";
      sendAtOnce(process, () -> api.send("POST", "/keys/get/", body));
      sendAtOnce(process, () -> api.get("/key/k1/"));
      sendAtOnce(process, () -> api.get("/key/k2/raw"));
      Reply some = api.send("POST", "/keys/get/", body).expect(200);
      assertTrue(some.at("values").has("k0"), "the first is read");
    }
  }

  private static void putDirectly(MemcachedServer server, int number) throws IOException {
    byte[] value = "x".repeat(900_000).getBytes(US_ASCII);
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < number; i++) {
        String head = "set k" + i + " 0 0 " + value.length + "\r\n";
        out.write(head.getBytes(US_ASCII));
        out.write(value);
        out.write("\r\n".getBytes(US_ASCII));
        byte[] stored = socket.getInputStream().readNBytes("STORED\r\n".length());
        assertEquals("STORED\r\n", new String(stored, US_ASCII));
      }
    }
  }

  @Test
  void slowReadersOfOneAddressLeaveValuesForOthers() throws IOException {
    try (MemcachedServer server = MemcachedServer.start();
        JarProcess process = start("-Xmx160m", Map.of("MEMCACHED_SERVERS", server.address()));
        Sockets sockets = new Sockets()) {
      ApiClient api = process.client();
      putDirectly(server, 24);
      assertEquals(24, api.get("/keys/?fresh=true").expect(200).number("total_keys"));
      String list = "/pattern/?pattern=k&values=true";
      for (int i = 0; i < 3; i++) {
        // Nothing more is read of what follows.
        Socket reader = sockets.open(api, "GET " + ApiClient.BASE + list + REST);
        reader.setSoTimeout(60_000);
        String begun = new String(reader.getInputStream().readNBytes(12), US_ASCII);
        assertTrue(i > 0 || begun.equals("HTTP/1.1 200"), begun);
      }
      api.get("/key/k1/").expect(200);
      api.get(list + "&limit=2").expect(200);
    }
  }

  @Test
  void unfinishedBodiesOfOneAddressLeaveRoomForOthers() throws IOException {
    try (JarProcess process = start("-Xmx128m", Map.of());
        Sockets sockets = new Sockets()) {
      ApiClient api = process.client();
      int length = MIB;
      String head = "POST " + ApiClient.BASE + "/keys/get/ HTTP/1.1\r\nHost: localhost\r\n"
          + "Content-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
      // More than there is for all bodies together.
      for (int i = 0; i < 20; i++) {
        sockets.open(api, head + " ".repeat(length - 1));
      }
      for (int i = 0; i < 4; i++) {
        api.send("POST", "/keys/get/", " ".repeat(length) + "{\"keys\": [\"a\"]}")
            .expect(200);
      }
    }
  }

  /** Connections of another address of this machine. */
  private static final class Sockets implements AutoCloseable {
    private final List<Socket> open = new ArrayList<>();

    Socket open(ApiClient api, String begun) throws IOException {
      Socket socket = api.connectFrom("127.0.0.2");
      open.add(socket);
      try {
        socket.getOutputStream().write(begun.getBytes(US_ASCII));
      } catch (IOException refused) {
        // Its answer came before the end.
      }
      return socket;
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private static int size(Reply view) {
    return view.at("steps").path(0).path("bytes").intValue();
  }
}
