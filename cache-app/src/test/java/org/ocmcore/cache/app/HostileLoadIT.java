package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;

/**
 * Slow senders, slow readers and costly patterns at once keep no other client waiting, and take no
 * more memory than there is. Prints its figures.
 */
@Timeout(180)
class HostileLoadIT {
  private static final int KEYS = 1_000_000;
  private static final int SENDERS = 200;
  private static final int READERS = 64;
  private static final int SEARCHES = 50;
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration MEASURED = Duration.ofSeconds(10);

  /** Not linear, and in no key: a search tries every position of a million keys. */
  private static final String COSTLY = "(?=(a+)+\\1b)";

  @TempDir
  private Path folder;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> sockets = new ArrayList<>();
  private int port;

  @AfterEach
  void stop() throws IOException {
    threads.shutdownNow();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** A connection from an address of its own. */
  private Socket connect(int address, String begun) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0." + address), 0));
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    socket.setSoTimeout(60_000);
    sockets.add(socket);
    socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String get(String path) {
    return "GET " + ApiClient.BASE + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  private void sendSlowly() throws IOException {
    List<Socket> senders = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      senders.add(
          connect(
              2 + i % 2,
              i % 2 == 0
                  ? "GET /api/cache/key/x HTTP/1.1\r\nHost: localhost\r\nX"
                  : "PUT /api/cache/key/x/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{"));
    }
    threads.submit(() -> {
      while (!Thread.interrupted()) {
        senders.forEach(sender -> {
          try {
            sender.getOutputStream().write('a');
          } catch (IOException cutOff) {
            // As it should be, sooner or later.
          }
        });
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      }
    });
  }

  private void readSlowly() throws IOException {
    for (int i = 0; i < READERS; i++) {
      // One address alone could not take all places for long answers.
      InputStream in = connect(20 + i, get("/keys/")).getInputStream();
      threads.submit(() -> {
        byte[] kilobyte = new byte[1024];
        while (!Thread.interrupted() && in.read(kilobyte) >= 0) {
          LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        return null;
      });
    }
  }

  /** Each searches again and again. */
  private void search(AtomicInteger refused, AtomicInteger others) throws IOException {
    for (int i = 0; i < SEARCHES; i++) {
      Socket socket = connect(5, "");
      threads.submit(() -> {
        while (!Thread.interrupted()) {
          socket
              .getOutputStream()
              .write(get(ApiClient.pattern(COSTLY)).getBytes(StandardCharsets.US_ASCII));
          String answer = answer(socket.getInputStream());
          (answer.startsWith("HTTP/1.1 422") ? refused : others).incrementAndGet();
        }
        return null;
      });
    }
  }

  private static String answer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new SocketException("the service has closed the connection after " + head);
      }
      head.append((char) next);
    }
    String length = head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1");
    in.readNBytes(Integer.parseInt(length));
    return head.toString();
  }

  private List<Long> measure(Socket socket, Duration time) throws IOException {
    List<Long> nanos = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      String key = LargeDump.key(nanos.size() % KEYS);
      long begin = System.nanoTime();
      socket.getOutputStream().write(get(ApiClient.key(key)).getBytes(StandardCharsets.US_ASCII));
      String answer = answer(socket.getInputStream());
      nanos.add(System.nanoTime() - begin);
      assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
      LockSupport.parkNanos(2_000_000);
    }
    nanos.sort(null);
    return nanos;
  }

  private static double millis(List<Long> nanos, double part) {
    return nanos.get((int) Math.min(nanos.size() - 1, part * nanos.size())) / 1e6;
  }

  private static long residentMegabytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void otherClientsAreAnsweredMeanwhile() throws Exception {
    LargeDump.write(folder.resolve("dumps/dump.json"), KEYS);
    try (JarProcess process = JarProcess.start(
        folder, "exec", List.of("-Xmx512m"), Map.of("CACHE_MAX_BYTES", "400000000"))) {
      port = process.awaitPort();
      ApiClient api = new ApiClient(port);
      assertEquals(KEYS, api.send("POST", "/restore/", "{}").expect(200).number("restored"));
      Socket other = connect(6, "");
      List<Long> before = measure(other, WARM_UP);
      AtomicInteger refused = new AtomicInteger();
      AtomicInteger others = new AtomicInteger();
      sendSlowly();
      readSlowly();
      search(refused, others);
      List<Long> nanos = measure(other, MEASURED);
      System.out.printf(
          "hostile load: GET key before: p50 %.1f ms, p99 %.1f ms; under it: %d requests, p50 %.1f ms, p99 %.1f ms, max %.1f ms; searches refused %d, others %d; peak memory %d MB%n",
          millis(before, 0.5),
          millis(before, 0.99),
          nanos.size(),
          millis(nanos, 0.5),
          millis(nanos, 0.99),
          millis(nanos, 1),
          refused.get(),
          others.get(),
          residentMegabytes(process.pid()));
      assertTrue(millis(nanos, 0.5) < 500, () -> "median " + millis(nanos, 0.5) + " ms");
      assertTrue(process.isAlive(), process::err);
      assertTrue(process.err().lines().noneMatch(line -> line.contains("OutOfMemory")));
      assertTrue(residentMegabytes(process.pid()) < 1_000);
    }
  }
}
