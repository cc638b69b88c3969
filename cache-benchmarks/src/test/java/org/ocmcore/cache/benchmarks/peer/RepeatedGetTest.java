package org.ocmcore.cache.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedGetTest {
  private final AtomicInteger requests = new AtomicInteger();
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

  private RepeatedGet get() throws IOException {
    return get(server.getAddress().getPort(), 2);
  }

  private static RepeatedGet get(int port, int connections) throws IOException {
    return new RepeatedGet(URI.create("http://127.0.0.1:" + port + "/a/key/"), connections);
  }

  private void answer(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext("/a/key/", exchange -> {
      requests.incrementAndGet();
      exchange.sendResponseHeaders(status, bytes.length);
      try (exchange) {
        exchange.getResponseBody().write(bytes);
      }
    });
  }

  @Test
  void eachAnswerIsReadToItsEnd() throws IOException {
    answer(200, "{\"value\": \"\r\n\r\n\"}");
    try (RepeatedGet get = get()) {
      for (int i = 0; i < 10; i++) {
        get.send();
      }
    }
    assertEquals(10, requests.get());
  }

  @Test
  void anotherStatusIsAFailure() throws IOException {
    answer(404, "{}");
    try (RepeatedGet get = get()) {
      IOException failure = assertThrows(IOException.class, get::send);
      assertTrue(failure.getMessage().startsWith("the answer is HTTP/1.1 404"), failure::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}"
      })
  void anAnswerThatBreaksOffIsAFailure(String part) throws IOException {
    try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RepeatedGet get = get(peer.getLocalPort(), 1)) {
      try (Socket connection = peer.accept()) {
        connection.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
      }
      assertThrows(IOException.class, get::send);
    }
  }
}
