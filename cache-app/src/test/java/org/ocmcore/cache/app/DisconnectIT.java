package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work ends with the client that asked for it; here it would wait for a server that hangs. */
class DisconnectIT {
  private static final String DRY_RUN = "{\"pattern\":\"^a\",\"dry_run\":true}";

  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private ServerSocket hanging;
  private RunningService service;

  @BeforeEach
  void start() throws IOException {
    hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread accepting = new Thread(() -> {
      try {
        while (true) {
          accepted.add(hanging.accept());
        }
      } catch (IOException closed) {
        // The test is over.
      }
    });
    accepting.setDaemon(true);
    accepting.start();
    service = RunningService.start(
        StoreKind.MEMORY,
        "development",
        Map.of(
            "MEMCACHED_SERVERS",
            "127.0.0.1:" + hanging.getLocalPort(),
            "MEMCACHED_TIMEOUT_MS",
            "60000",
            "CACHE_HTTP_MAX_REQUESTS_PER_ADDRESS",
            "1"));
  }

  @AfterEach
  void stop() throws IOException {
    hanging.close();
    for (Socket socket : accepted) {
      socket.close();
    }
    service.close();
  }

  private int status() {
    return service.client().get("/service/").status();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/cache/keys/?fresh=true",
        "GET /api/cache/pattern/?pattern=a",
        "GET /api/cache/analysis/",
        "DELETE /api/cache/pattern/manage/"
      })
  void aClientThatLeavesEndsItsWork(String request) throws IOException {
    assertEquals(200, status());
    String body = request.startsWith("DELETE") ? DRY_RUN : "";
    try (Socket client = service.client().connect()) {
      client
          .getOutputStream()
          .write(
              "%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(request, body.length(), body)
                  .getBytes(StandardCharsets.US_ASCII));
      // It has the only place of this address.
      Await.until(() -> status() == 429);
    }
    Await.until(() -> status() == 200);
  }
}
