package org.ocmcore.cache.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.benchmarks.measure.Samples;

class HttpLoadTest {
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private HttpLoad load(int connections) throws IOException {
    return new HttpLoad(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/a/key/"), connections);
  }

  private void answer(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext("/a/key/", exchange -> {
      asked.incrementAndGet();
      exchange.sendResponseHeaders(status, bytes.length);
      try (exchange) {
        exchange.getResponseBody().write(bytes);
      }
    });
  }

  @Test
  void everyAnswerIsTimed() throws IOException {
    answer(200, "{\"value\": \"\r\n\r\n\"}");
    try (HttpLoad load = load(2)) {
      Samples seconds = load.seconds(Duration.ofMillis(50));
      assertEquals(asked.get(), seconds.size());
      assertTrue(seconds.size() >= 2, "each connection asks at least once");
      assertTrue(seconds.min() > 0);
      int before = asked.get();
      assertTrue(load.seconds(Duration.ofMillis(1)).size() == asked.get() - before);
    }
  }

  @Test
  void whatIsNoSuccessIsAFailure() throws IOException {
    answer(404, "{}");
    try (HttpLoad load = load(1)) {
      IOException failure =
          assertThrows(IOException.class, () -> load.seconds(Duration.ofSeconds(1)));
      assertTrue(failure.getMessage().startsWith("the answer is HTTP/1.1 404"), failure::toString);
    }
  }

  @Test
  void anAnswerThatBreaksOffIsAFailure() throws IOException {
    answer(200, "{}");
    try (HttpLoad load = load(1)) {
      load.seconds(Duration.ofMillis(1));
      server.stop(0);
      assertThrows(IOException.class, () -> load.seconds(Duration.ofSeconds(1)));
    }
  }
}
