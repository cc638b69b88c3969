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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work ends with the client that asked for it; here it would wait for a server that hangs. */
@Timeout(60)
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
    LargeDump.write(service.dumpFile(), 10);
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
        "GET /api/cache/dumps/current/diff/",
        "DELETE /api/cache/pattern/manage/"
      })
  void aClientThatLeavesEndsItsWork(String request) throws IOException {
    assertEquals(200, status());
    String body = request.startsWith("DELETE") ? DRY_RUN : "";
    Socket client = ask(request, body);
    while (!hasThePlace()) {
      if (client.getInputStream().available() > 0) {
        // A look at the place was still under way, so that it was refused.
        client.close();
        client = ask(request, body);
      }
    }
    client.close();
    Await.until(() -> status() == 200);
  }

  private Socket ask(String request, String body) throws IOException {
    Socket client = service.client().connect();
    String head = "%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "Content-Length: %d\r\n\r\n%s";
    client
        .getOutputStream()
        .write(head.formatted(request, body.length(), body).getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  /** Whether the client has the only place of this address. */
  private boolean hasThePlace() {
    return IntStream.range(0, 5).allMatch(i -> status() == 429);
  }
}
