package org.ocmcore.cache.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceClientTest {
  private HttpServer server;
  private String exit = "";
  private ServiceClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    client = new ServiceClient(
        "http://127.0.0.1:" + server.getAddress().getPort() + "/api/", () -> exit);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext("/api/", exchange -> {
      exchange.sendResponseHeaders(status, 0);
      try (exchange) {
        exchange.getResponseBody().write(bytes);
      }
    });
  }

  @Test
  void fieldsOfAResponseAreFound() throws IOException {
    answer(200, "{\"keys\":[\"a\"],\"count\":1,\"next_cursor\":\"x\\\"y\",\"other\":null}");
    ServiceResponse response = client.get("keys/?limit=1");
    assertTrue(response.seconds() > 0);
    assertEquals(58, response.body().length());
    assertEquals(Optional.of("1"), response.field("count"));
    assertEquals(Optional.of("x\"y"), response.field("next_cursor"));
    assertEquals(Optional.empty(), response.field("other"));
  }

  @Test
  void errorResponseFailsWithItsStatus() {
    answer(404, "{\"status\":404,\"detail\":\"nothing answers at \\\"/tree/\\\"\"}");
    IOException failure = assertThrows(IOException.class, () -> client.get("tree/"));
    assertEquals("GET tree/: status 404: nothing answers at \"/tree/\"", failure.getMessage());
  }

  @Test
  void anUnexpectedStatusIsAFailure() {
    answer(203, "");
    IOException failure = assertThrows(IOException.class, () -> client.get("keys/"));
    assertEquals("GET keys/: status 203", failure.getMessage());
  }

  @Test
  void aWrongFieldIsAFailure() throws IOException {
    answer(200, "{\"children\":[{\"is_key\":true},{\"is_key\":false}],\"count\":12}");
    ServiceResponse response = client.get("tree/");
    response.require("count", 12).requireCount("is_key", 2);
    assertEquals(
        "GET tree/: count is 12, expected 13",
        assertThrows(IOException.class, () -> response.require("count", 13)).getMessage());
    assertEquals(
        "GET tree/: total is missing, expected 12",
        assertThrows(IOException.class, () -> response.require("total", 12)).getMessage());
    assertEquals(
        "GET tree/: there are 2 fields is_key, expected 3",
        assertThrows(IOException.class, () -> response.requireCount("is_key", 3))
            .getMessage());
  }

  @Test
  void theExitStatusOfTheServiceIsReported() {
    exit = "ended with 3";
    server.stop(0);
    IOException failure = assertThrows(IOException.class, () -> client.get("keys/"));
    assertEquals("GET keys/: the service ended with 3", failure.getMessage());
  }

  @Test
  void queriesAreEncoded() {
    assertEquals("%5Ea%3A%5B0-9%5D%2B%24", ServiceClient.encoded("^a:[0-9]+$"));
  }
}
