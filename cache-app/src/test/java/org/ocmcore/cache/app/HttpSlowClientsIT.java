package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More clients than there are threads, each as slow as it can be, keep nobody waiting. */
class HttpSlowClientsIT {
  private static final int CLIENTS = 300;

  private final List<Socket> sockets = new ArrayList<>();
  private RunningService service;

  @BeforeEach
  void start() {
    service = RunningService.start(Store.MEMORY, "development", Map.of());
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    service.close();
  }

  private void connect(String begun) throws IOException {
    for (int i = 0; i < CLIENTS; i++) {
      Socket socket = service.client().connect();
      sockets.add(socket);
      socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void assertOthersAreAnswered() {
    String answer = service
        .client()
        .raw("GET " + ApiClient.BASE + "/stats/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/cache/key/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{",
        "GET /api/cache/key/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{",
        "PUT /api/cache/key/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{",
        "POST /nothing HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{",
        "GET /api/cache/key/x HTTP/1.1\r\nHost: x\r\nUser-Ag",
        "G",
        ""
      })
  void whoSendsSlowlyKeepsNobodyWaiting(String begun) throws IOException {
    connect(begun);
    assertOthersAreAnswered();
  }

  @Test
  void whoReadsNothingKeepsNobodyWaiting() throws IOException {
    for (int i = 0; i < 8; i++) {
      service.client().put("big" + i, "\"" + "x".repeat(1_000_000) + "\"");
    }
    connect("GET /api/cache/pattern/?pattern=big&values=true HTTP/1.1\r\nHost: x\r\n\r\n");
    assertOthersAreAnswered();
  }
}
