package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.http.Http2Connection;
import org.ocmcore.cache.domain.testing.Certificates;
import tools.jackson.databind.JsonNode;

/** Clients that leave before they have their answers are no fault of the service. */
class GoneClientsIT {
  private static final int REQUESTS = 60;
  private static final String LARGE = "\"" + "x".repeat(900_000) + "\"";
  private static final Path CERTIFICATE = Certificates.issue("gone", "-ext", "san=ip:127.0.0.1");
  private static final byte[] CANCEL = {0, 0, 0, 8};

  private static RunningService service(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("CACHE_ACCESS_LOG", "all");
    return RunningService.start(StoreKind.MEMORY, "development", settings);
  }

  private static int port(RunningService service) {
    return URI.create(service.url()).getPort();
  }

  private static void storeLarge(String origin) throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder().sslContext(Certificates.context("gone")).build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(origin + "/api/cache/key/large/"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"value\": " + LARGE + "}"))
        .build();
    assertEquals(201, client.send(request, BodyHandlers.discarding()).statusCode());
  }

  /** Requests that are reset before they are looked at have no line. */
  private static void awaitEnds(CapturedLog log) {
    AtomicLong before = new AtomicLong();
    Await.until(() -> {
      LockSupport.parkNanos(500_000_000);
      long ended = log.lines().stream()
          .filter(line -> line.at("/logger").asString().equals("access"))
          .count();
      return ended > 10 && before.getAndSet(ended) == ended;
    });
  }

  private static void assertNoErrors(CapturedLog log) {
    awaitEnds(log);
    List<JsonNode> errors = log.lines().stream()
        .filter(line -> List.of("error", "warn").contains(line.at("/level").asString()))
        .toList();
    assertEquals(List.of(), errors);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void overHttp2(boolean resets) throws Exception {
    try (RunningService service = service(Map.of(
            "CACHE_TLS_CERT",
            CERTIFICATE.toString(),
            "CACHE_TLS_KEY",
            Certificates.keyOf(CERTIFICATE).toString()));
        CapturedLog log = new CapturedLog()) {
      storeLarge("https://127.0.0.1:" + port(service));
      try (Http2Connection connection =
          new Http2Connection(port(service), Certificates.context("gone"))) {
        for (int i = 0; i < REQUESTS; i++) {
          connection.add(
              Http2Connection.HEADERS,
              Http2Connection.END_HEADERS | Http2Connection.END_STREAM,
              2 * i + 1,
              Http2Connection.get("/api/cache/key/large/"));
        }
        connection.send();
        connection.next(Http2Connection.DATA);
        for (int i = 0; resets && i < REQUESTS; i++) {
          connection.add(Http2Connection.RST_STREAM, 0, 2 * i + 1, CANCEL);
        }
        connection.send();
      }
      assertNoErrors(log);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"key/large/", "key/large/raw", "keys/?values=true"})
  void overHttp11(String path) throws Exception {
    try (RunningService service = service(Map.of());
        CapturedLog log = new CapturedLog()) {
      storeLarge(service.url());
      for (int i = 0; i < REQUESTS; i++) {
        try (Socket socket = new Socket("127.0.0.1", port(service))) {
          socket.setSoLinger(true, 0);
          socket
              .getOutputStream()
              .write("GET /api/cache/%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .formatted(path)
                  .getBytes(StandardCharsets.US_ASCII));
          socket.getInputStream().read();
        }
      }
      assertNoErrors(log);
    }
  }
}
