package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

/** Clients at several addresses of this machine. */
@Timeout(120)
class LimitsOverHttpTest extends JobsFixture {
  private static final String BEGUN_BODY =
      "PUT /api/cache/key/a/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{";

  private final List<Socket> sockets = new ArrayList<>();

  @Override
  HttpSettings settings() {
    return new HttpSettings(
        "127.0.0.1",
        0,
        Set.of(),
        ProxySettings.NONE,
        Optional.empty(),
        new HttpLimits(2_000, 1_024, Duration.ofSeconds(60), 20, 3, 40, 2, 3_000, 400));
  }

  @AfterEach
  void disconnect() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private Socket connect(String address, String begun) throws IOException {
    Socket socket =
        new Socket("127.0.0.1", api.port(), InetAddress.getByName("127.0.0." + address), 0);
    sockets.add(socket);
    socket.setSoTimeout(60_000);
    socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private String get(String address) throws IOException {
    try (Socket socket = connect(
        address,
        "GET /api/cache/service/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void awaitStatus(int status, String address) throws IOException {
    String answer = get(address);
    while (!answer.startsWith("HTTP/1.1 " + status)) {
      LockSupport.parkNanos(PAUSE_NANOS);
      answer = get(address);
    }
  }

  @Test
  void tooManyRequestsOfAnAddressAreRefused() throws IOException {
    List<Socket> begun = new ArrayList<>();
    String refused;
    // A request for the status may itself take the place of one that begins.
    do {
      begun.add(connect("1", BEGUN_BODY));
      refused = get("1");
    } while (!refused.startsWith("HTTP/1.1 429"));
    assertTrue(refused.contains("problem:too-many-requests"), refused);
    assertTrue(refused.contains("Retry-After: 1\r\n"), refused);
    assertTrue(refused.contains("CACHE_HTTP_MAX_REQUESTS_PER_ADDRESS"), refused);
    String other = get("2");
    assertTrue(other.startsWith("HTTP/1.1 200"), other);
    for (Socket socket : begun) {
      socket.close();
    }
    awaitStatus(200, "1");
  }

  @Test
  void anAddressLeavesConnectionsForOthers() throws IOException {
    for (int i = 0; i < 20; i++) {
      connect("1", "");
    }
    // The 21st would have more than the half.
    Socket refused = connect("1", "");
    assertEquals(-1, readOrReset(refused));
    String other = get("2");
    assertTrue(other.startsWith("HTTP/1.1 200"), other);
  }

  private static int readOrReset(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  void aLongHeadIsAProblem() {
    for (String head : List.of(
        "GET /" + "a".repeat(2_500) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(2_500) + "\r\n\r\n")) {
      String answer = client.raw(head);
      assertTrue(answer.startsWith("HTTP/1.1 431"), answer);
      assertTrue(answer.contains("problem:head-too-large"), answer);
    }
  }

  @Test
  void theLimitOfBodiesIsASetting() {
    String body = "{\"value\": \"%s\"}".formatted("a".repeat(1_024));
    client.send("PUT", "/pattern/manage/", body).expectProblem(413, "body-too-large");
    assertEquals(1_024, client.get("/service/").number("/limits/body_bytes"));
  }

  @Test
  void theLimitOfValuesIsASetting() {
    for (String key : List.of("a", "b", "c", "d")) {
      client.put(key, "\"" + "v".repeat(200) + "\"");
    }
    Reply found = client.get("/pattern/?pattern=.&values=true").expect(200);
    assertTrue(found.at("truncated").booleanValue(), () -> found.json().toString());
    Reply named = client
        .send("POST", "/keys/get/", "{\"keys\": [\"a\", \"b\", \"c\", \"d\"]}")
        .expect(200);
    assertTrue(named.at("truncated").booleanValue(), () -> named.json().toString());
    assertTrue(named.number("count") >= 1, () -> named.json().toString());
  }

  @Test
  void theLimitOfPatternsIsASetting() {
    client.put("a".repeat(200), "1");
    client.get("/pattern/?pattern=(%3F%3D.*z)x").expectProblem(422, "pattern-too-costly");
    assertEquals(1, client.get("/pattern/?pattern=(%3F%3Da)a$").expect(200).number("count"));
  }

  /** The limit is two. */
  @Test
  void anAddressLeavesEventStreamsForOthers() throws IOException {
    String events = "GET " + heldDump() + "events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    List<Socket> followers = new ArrayList<>();
    for (String address : List.of("3", "3", "4")) {
      followers.add(connect(address, events));
      byte[] status = followers.get(followers.size() - 1).getInputStream().readNBytes(12);
      assertEquals(
          followers.size() == 2 ? "HTTP/1.1 503" : "HTTP/1.1 200",
          new String(status, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void theLimitOfEventStreamsIsASetting() throws IOException {
    String job = heldDump();
    String events = "GET " + job + "events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (String address : List.of("3", "4")) {
      connect(address, events).getInputStream().read();
    }
    client.get(job + "events").expectProblem(503, "too-many-streams");
  }
}
