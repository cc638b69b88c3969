package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Something else answers where a verb expects a service. */
class ForeignServiceTest {
  private static final List<String> VERBS = List.of(
      "keys",
      "tree",
      "stats",
      "get k",
      "get k --decode auto",
      "set k v",
      "rm k",
      "touch k --ttl 1h",
      "rm --all --dry-run",
      "rm --plan x",
      "flush --yes --max-keys 1",
      "analyze",
      "dumps ls",
      "dumps rm x --yes",
      "diff x",
      "jobs ls",
      "jobs show x",
      "jobs follow x",
      "jobs cancel x",
      "tail --for 5s");

  private final List<String> authorizations = new ArrayList<>();
  private HttpServer server;
  private int status;
  private String answer;
  private long times = 1;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/", exchange -> {
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
      exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
      exchange.sendResponseHeaders(status, times * body.length);
      for (long i = 0; i < times; i++) {
        exchange.getResponseBody().write(body);
      }
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String run(int expected, String token, String... verb) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    List<String> arguments = new ArrayList<>(List.of(verb));
    arguments.addAll(List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort()));
    int exit = new Main(stream, stream, Map.of("CACHE_TOKEN", token)).execute(arguments);
    assertEquals(expected, exit, out::toString);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void anEndlessListIsNoticed() {
    status = 200;
    answer =
        "{\"keys\":[{\"key\":\"k\",\"size_bytes\":1,\"server\":\"s\"}],\"total_keys\":1,\"next_cursor\":\"YQ\",\"as_of\":\"2026-01-01T00:00:00Z\",\"complete\":true}";
    assertTrue(run(1, "t", "keys").contains("the service repeats a page of keys"));
  }

  @Test
  void anAnswerBeyondAllMeasureIsNotRead() {
    status = 200;
    answer = " ".repeat(65_536);
    times = Runtime.getRuntime().maxMemory() / 8 / answer.length() + 1;
    assertTrue(run(1, "t", "stats").contains("too much for the memory of this command"));
  }

  @Test
  void aTokenThatCannotBeSentIsNotShown() {
    String shown = run(2, "cache_secret\r\nX-Y: z", "stats");
    assertTrue(shown.contains("the token has a character"), shown);
    assertFalse(shown.contains("secret"), shown);
    assertEquals(List.of(), authorizations);
  }

  @Test
  void aMissingTokenSaysHowToGiveIt() {
    status = 401;
    answer =
        "{\"type\": \"urn:cache-app:problem:unauthorized\", \"detail\": \"no token was sent\"}";
    assertTrue(run(3, "t", "stats").contains("CACHE_TOKEN or --token-file gives the token"));
  }

  @Test
  void aServiceThatSaysNothingIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      for (String verb : VERBS) {
        assertEquals(
            1,
            runOn(silent.getLocalPort(), verb.replace("5s", "200ms") + " --timeout 300ms"),
            verb);
      }
      assertEquals(1, runOn(silent.getLocalPort(), "tail --timeout 300ms"));
      assertTrue(shown().contains("it said nothing for "), shown());
    }
  }

  @Test
  void anAnswerThatStopsIsGivenUp() throws Exception {
    try (ServerSocket stalling = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      CompletableFuture<Void> peer = CompletableFuture.runAsync(
          () -> send(stalling, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"keys\":", 1));
      assertEquals(1, runOn(stalling.getLocalPort(), "keys --timeout 300ms"));
      assertTrue(shown().contains("it said nothing for "), shown());
      peer.get(20, TimeUnit.SECONDS);
    }
  }

  /** A service without news says so every two seconds. */
  @ParameterizedTest
  @ValueSource(strings = {"tail", "jobs follow x"})
  void aStreamThatStopsIsGivenUp(String verb) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      CompletableFuture<Void> peer = CompletableFuture.runAsync(() ->
          send(silent, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: \r\n", 1));
      assertEquals(1, runOn(silent.getLocalPort(), verb + " --timeout 300ms"));
      assertTrue(shown().contains("it said nothing for "), shown());
      peer.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void anEndlessEventIsNotKept() throws Exception {
    for (String verb : List.of("tail", "jobs follow x")) {
      try (ServerSocket endless = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
        CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> send(
            endless,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: ",
            Integer.MAX_VALUE));
        assertEquals(1, runOn(endless.getLocalPort(), verb));
        assertTrue(shown().contains("it sent a line of more than 8.0 MiB"), shown());
        peer.get(20, TimeUnit.SECONDS);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|it closed the connection without an answer",
        "'ERROR\r\nERROR\r\n\r\n'|does not speak HTTP"
      })
  void aForeignProtocolIsSaid(String spoken, String expected) throws Exception {
    CompletableFuture<Void> peer;
    try (ServerSocket foreign = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      peer = CompletableFuture.runAsync(() -> speak(foreign, spoken));
      assertEquals(1, runOn(foreign.getLocalPort(), "dumps ls"));
      assertTrue(shown().contains(expected), shown());
    }
    peer.get(20, TimeUnit.SECONDS);
  }

  /** Answers each request, since Java repeats some, and closes the connection. */
  private static void speak(ServerSocket server, String answer) {
    while (!server.isClosed()) {
      try (Socket peer = server.accept()) {
        peer.getInputStream().readNBytes(16);
        peer.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      } catch (IOException end) {
        // Of the client or of the test.
        assertTrue(end instanceof SocketException, end::toString);
      }
    }
  }

  /** Answers one request: a head, and many bytes behind the first one until nobody reads. */
  private static void send(ServerSocket server, String head, int times) {
    try (Socket peer = server.accept()) {
      peer.getInputStream().read();
      peer.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      for (int i = 1; i < times; i++) {
        peer.getOutputStream().write(new byte[65_536]);
      }
      // Until the client closes it.
      peer.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException closed) {
      // By the client, which had enough.
      assertEquals(Integer.MAX_VALUE, times);
    }
  }

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  private int runOn(int port, String line) {
    shown.reset();
    PrintStream stream = new PrintStream(shown, true, StandardCharsets.UTF_8);
    List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
    arguments.addAll(List.of("--url", "http://127.0.0.1:" + port));
    return new Main(stream, stream, Map.of("CACHE_TOKEN", "t")).execute(arguments);
  }

  @Test
  void nothingIsClearedWhileItemsAreUnknown() {
    status = 200;
    answer =
        "{\"environment\":\"development\",\"caller\":\"c\",\"allowed\":[\"manage\"],\"total_keys\":0,\"servers\":[{\"address\":\"a:1\",\"up\":true}],\"message\":\"Cache cleared\"}";
    String shown = run(1, "t", "flush", "--yes", "--max-keys", "5");
    assertTrue(shown.contains("a:1: its items are not known"), shown);
    assertFalse(shown.contains("cleared"), shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200|<html>not JSON</html>|1",
        "200|[]|1",
        "200|{}|1",
        "200|null|1",
        "200|{\"keys\": {\"a\": 1}, \"servers\": 5, \"key\": [], \"steps\": null}|1",
        "200|{\"keys\": null, \"message\": null}|1",
        "200|{\"size_bytes\": \"\\u001b]0;pwn\\u0007\", \"total_keys\": \"\\u202e\"}|1",
        "302|elsewhere|1",
        "404|<html>not here</html>|1",
        "500|{\"type\": 5, \"detail\": \"\u001b[31mred\"}|1",
        "401|{\"type\": \"urn:x:unauthorized\", \"detail\": \"\u001b[31mno\"}|3"
      })
  void everyVerbExplainsIt(int code, String text, int expected) {
    status = code;
    answer = text;
    for (String verb : VERBS) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
      List<String> arguments = new ArrayList<>(List.of(verb.split(" ")));
      arguments.addAll(
          List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort()));
      int exit = new Main(
              stream,
              stream,
              Map.of("CACHE_TOKEN", "cache_secret", "CACHE_ENVIRONMENT", "development"))
          .execute(arguments);
      String shown = out.toString(StandardCharsets.UTF_8);
      assertEquals(expected, exit, verb + ": " + shown);
      assertTrue(shown.contains("cache: "), verb + ": " + shown);
      assertFalse(shown.contains("\u001b") || shown.contains("cache_secret"), shown);
      assertFalse(shown.contains("Exception"), verb + ": " + shown);
    }
    assertTrue(authorizations.stream().allMatch("Bearer cache_secret"::equals));
  }
}
