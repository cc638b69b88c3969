package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSenderTest {
  private static final String JSON = "Content-Type: application/json\r\n";

  /** The first line of each request, and its header for the key if there is one. */
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private ServerSocket server;
  /** What it answers before it closes the connection; null if it says nothing and keeps it. */
  private String answer;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread thread = new Thread(this::serve, "peer");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket peer = server.accept();
        receive(peer.getInputStream());
        if (answer != null) {
          peer.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
          peer.close();
        }
      } catch (IOException e) {
        assertTrue(server.isClosed(), e::toString);
      }
    }
  }

  private void receive(InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    StringBuilder request = new StringBuilder(lines.readLine());
    int length = 0;
    for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring("Content-Length: ".length()));
      }
      if (line.startsWith("Idempotency-Key: ")) {
        request.append(' ').append(line);
      }
    }
    lines.skip(length);
    requests.add(request.toString());
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private RestClient client() {
    return new RestClient(address(), Optional.of("t"), Duration.ofMinutes(5));
  }

  private String get() {
    return client().get("service/", Map.of()).toString();
  }

  private String refused() {
    return assertThrows(RequestProblem.class, this::get).getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{\"a\": 1}",
        "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{\"a\": 1}HTTP/1.1 200 OK\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"a\": 1}\r\n0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Length: 8\r\n\r\n{\"a\": 1}",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{\"a\": 1}"
      })
  void aContentIsReadToItsEnd(String given) {
    answer = given;
    assertEquals("{\"a\":1}", get());
  }

  /** What has come could be read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 9\r\n\r\n{\"a\": 1}",
        "Content-Length: 9\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n8\r\n{\"a\": 1}\r\n",
        "Transfer-Encoding: chunked\r\n\r\n9\r\n{\"a\": 1}"
      })
  void aContentThatBreaksOffIsNotTaken(String head) {
    answer = "HTTP/1.1 200 OK\r\n" + JSON + head;
    assertTrue(refused().contains("has ended early"), this::refused);
  }

  /** It may be a part of one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n{\"a\": 1}",
        "Content-Length: abc\r\n\r\n{\"a\": 1}",
        "Content-Length: -7\r\n\r\n{\"a\": 1}",
        "Content-Length: 99999999999999999999999\r\n\r\n{\"a\": 1}",
        "Content-Length: 8\r\nTransfer-Encoding: identity\r\n\r\n{\"a\": 1}",
        "Content-Length: 8\r\nContent-Encoding: gzip\r\n\r\n{\"a\": 1}"
      })
  void aContentWithoutAnEndIsNotTaken(String head) throws IOException {
    answer = "HTTP/1.1 200 OK\r\n" + JSON + head;
    assertTrue(refused().contains("does not say where it ends"), this::refused);
    answer = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n" + head;
    assertThrows(RequestProblem.class, () -> client().download("dumps/d/file"));
  }

  @Test
  void aPartOfADumpIsNone() {
    answer = "HTTP/1.1 206 Partial Content\r\nContent-Type: application/x-ndjson\r\n"
        + "Content-Length: 1\r\n\r\n{";
    assertThrows(RequestProblem.class, () -> client().download("dumps/d/file"));
  }

  private String refusedChange(Map<String, ?> body) {
    return assertThrows(
            RequestProblem.class, () -> client().send("PUT", "x/", body, MessageView.class))
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"
      })
  void aChangeWithoutAnOutcomeIsUnknown(String given) {
    answer = given;
    String unknown = "; nobody knows whether it was done, so look before you try again";
    assertTrue(refusedChange(Map.of("a", 1)).endsWith(unknown));
    assertFalse(refusedChange(Map.of("dry_run", true)).contains("nobody knows"));
    assertFalse(refused().contains("nobody knows"));
  }

  @Test
  void aChangeThatWasRefusedOrNotSentIsNotUnknown() throws IOException {
    answer = "HTTP/1.1 409 Conflict\r\nContent-Length: 16\r\n\r\n{\"detail\": \"no\"}";
    assertEquals("no", refusedChange(Map.of("a", 1)));
    server.close();
    assertFalse(refusedChange(Map.of("a", 1)).contains("nobody knows"));
  }

  @Test
  void noRedirectIsFollowed() {
    answer = "HTTP/1.1 302 Found\r\nLocation: " + address() + "/else\r\nContent-Length: 0\r\n\r\n";
    assertTrue(refused().contains("answered 302"), this::refused);
    assertTrue(requests.stream().noneMatch(request -> request.contains("/else")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Basic realm=\"r\"", "Digest realm=\"r\", nonce=\"n\"", "Negotiate", "NTLM"})
  void noOtherSecretIsSentWhereTheTokenIsRefused(String scheme) {
    answer = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: " + scheme
        + "\r\nContent-Length: 16\r\n\r\n{\"detail\": \"no\"}";
    assertEquals("no", refused());
    assertEquals(1, requests.size());
  }

  /** Java sends some once more; the key says that it is the same one. */
  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void aChangeWithoutAnAnswerHasOneKey(String method) {
    answer = "";
    RequestProblem problem = assertThrows(
        RequestProblem.class, () -> client().send(method, "x/", Map.of("a", 1), MessageView.class));
    assertTrue(problem.getMessage().contains("closed the connection without an answer"));
    assertEquals(1, requests.stream().distinct().count());
    assertTrue(requests.get(0).contains("Idempotency-Key: "), requests::toString);
    assertEquals(method.equals("POST") ? 1 : 2, requests.size());
  }

  @Test
  void whoWaitsCanBeInterrupted() throws Exception {
    CompletableFuture<String> said = new CompletableFuture<>();
    Thread waiting = new Thread(() -> {
      String reason = refused();
      said.complete(reason + Thread.currentThread().isInterrupted());
    });
    waiting.start();
    while (requests.isEmpty()) {
      Thread.onSpinWait();
    }
    waiting.interrupt();
    assertEquals(
        "interrupted while waiting for " + address() + "/api/cache/true",
        said.get(20, TimeUnit.SECONDS));
  }
}
