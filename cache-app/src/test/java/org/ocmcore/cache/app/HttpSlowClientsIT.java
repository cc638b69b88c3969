package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.http.ApiClient;

/** More clients than there are threads, each as slow as it can be, keep nobody waiting. */
class HttpSlowClientsIT {
  /** More than one address may send at once: those that are refused must not matter either. */
  private static final int CLIENTS = 300;

  private final List<Socket> sockets = new ArrayList<>();
  private RunningService service;

  @BeforeEach
  void start() {
    service = RunningService.start(StoreKind.MEMORY, "development", Map.of());
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
      Socket socket = service.client().connectFrom("127.0.0.2");
      sockets.add(socket);
      socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Meanwhile each client sends a byte now and then, so that none is taken for silent. */
  private void assertOthersAreAnsweredWhileBytesCome() {
    CompletableFuture<String> answer = CompletableFuture.supplyAsync(this::stats);
    Await.until(() -> {
      sockets.forEach(HttpSlowClientsIT::sendByte);
      return answer.isDone();
    });
    assertTrue(answer.join().startsWith("HTTP/1.1 200"), answer.join());
  }

  private static void sendByte(Socket socket) {
    try {
      socket.getOutputStream().write('a');
    } catch (IOException closedByTheService) {
      // Which it may: the others are what matters.
    }
  }

  private String stats() {
    return service
        .client()
        .raw("GET " + ApiClient.BASE
            + "/stats/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/cache/key/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{",
        "GET /api/cache/key/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n{",
        "PUT /api/cache/key/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{",
        "POST /nothing HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n{",
        "GET /api/cache/key/x HTTP/1.1\r\nHost: localhost\r\nUser-Ag",
        "G",
        ""
      })
  void whoSendsSlowlyKeepsNobodyWaiting(String begun) throws IOException {
    connect(begun);
    assertOthersAreAnsweredWhileBytesCome();
  }

  @Test
  void whoReadsNothingKeepsNobodyWaiting() throws IOException {
    for (int i = 0; i < 8; i++) {
      service.client().put("big" + i, "\"" + "x".repeat(1_000_000) + "\"");
    }
    connect("GET /api/cache/pattern/?pattern=big&values=true HTTP/1.1\r\nHost: localhost\r\n\r\n");
    String answer = stats();
    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
  }

  /**
   * An answer as long as a page of keys takes no thread, and none of the places for longer ones.
   */
  @Test
  void whoReadsNoShortAnswersKeepsNobodyWaiting() throws IOException {
    service.client().put("big", "\"" + "x".repeat(50_000) + "\"");
    connect("GET /api/cache/key/big HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100));
    assertOthersAreAnsweredWhileBytesCome();
  }

  @Test
  void anAnswerAsLongAsAPageHasALength() {
    service.client().put("big", "\"" + "x".repeat(50_000) + "\"");
    String answer = service
        .client()
        .raw("GET /api/cache/key/big HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertTrue(answer.contains("\r\nContent-Length: 50"), answer.substring(0, 500));
  }
}
