package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that a browser or a proxy sends again. */
class RepeatedChangesTest extends HttpApiFixture {
  @BeforeEach
  void store() {
    client.put("a", "1");
  }

  private ApiClient.Reply send(String key, String method, String path, String body) {
    return client.sendWith("Idempotency-Key", key, method, path, body);
  }

  @Test
  void aDeletionThatComesAgainDeletesNothingNewer() {
    ApiClient.Reply first = send("1", "DELETE", "/key/a/", null).expect(200);
    client.put("a", "2");
    assertEquals(first.json(), send("1", "DELETE", "/key/a/", null).expect(200).json());
    client.get("/key/a/").expect(200);
    send("2", "DELETE", "/key/a/", null).expect(200);
    client.get("/key/a/").expect(404);
  }

  @Test
  void aRefusalIsRepeatedToo() {
    send("1", "DELETE", "/key/b/", null).expectProblem(404, "key-not-found");
    client.put("b", "1");
    send("1", "DELETE", "/key/b/", null).expectProblem(404, "key-not-found");
    client.get("/key/b/").expect(200);
  }

  /** A client or a proxy may spell the path in another way when it sends the change again. */
  @Test
  void anotherPathIsNoRepetition() {
    client.put("b", "1");
    send("1", "DELETE", "/key/a/", null).expect(200);
    client.put("a", "2");
    for (String path : List.of("/key/b/", "/key/a", "/key/%61/", "/key/?key_base64=YQ")) {
      send("1", "DELETE", path, null).expectProblem(422, "other-request");
    }
    client.get("/key/a/").expect(200);
    client.get("/key/b/").expect(200);
  }

  @Test
  void aPlanThatComesAgainBeginsNoOtherJob() {
    String plan = client
        .send("DELETE", "/pattern/manage/", "{\"prefix\": \"a\", \"dry_run\": true}")
        .expect(200)
        .text("plan");
    String body = "{\"plan\": \"%s\"}".formatted(plan);
    String job =
        send("1", "DELETE", "/pattern/manage/?async=true", body).expect(202).text("id");
    assertEquals(
        job,
        send("1", "DELETE", "/pattern/manage/?async=true", body).expect(202).text("id"));
  }

  @Test
  void repetitionsAtTheSameTimeAreExecutedOnce() {
    List<CompletableFuture<ApiClient.Reply>> replies = Stream.generate(
            () -> CompletableFuture.supplyAsync(() -> send("1", "DELETE", "/key/a/", null)))
        .limit(8)
        .toList();
    assertTrue(replies.stream().allMatch(reply -> reply.join().status() == 200));
  }

  /** The answer of the first would say that it was done. */
  @Test
  void anotherChangeWithTheKeyIsRefused() {
    String first = "{\"value\": \"1\", \"timeout\": 60}";
    send("1", "POST", "/key/b/", first).expect(201);
    for (String path : List.of("/key/b/?async=true", "/key/b/")) {
      send("1", "POST", path, first.replace("1", "2")).expectProblem(422, "other-request");
    }
    send("1", "POST", "/key/b/", null).expectProblem(422, "other-request");
    send("1", "POST", "/key/b/", first).expect(201);
    assertEquals("1", client.get("/key/b/").text("value"));
    send("2", "POST", "/key/b/", first.replace("1", "2")).expect(200);
    assertEquals("2", client.get("/key/b/").text("value"));
  }

  @Test
  void aChangeHasOneKey() throws IOException {
    String request =
        "DELETE /api/cache/key/a/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    try (Socket socket = new Socket("127.0.0.1", api.port())) {
      socket
          .getOutputStream()
          .write((request + "Idempotency-Key: 1\r\nIdempotency-Key: 2\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }
    client.get("/key/a/").expect(200);
  }

  @Test
  void aKeyHasABoundedLength() {
    send("k".repeat(101), "DELETE", "/key/a/", null).expectProblem(400, "invalid-parameter");
    client.get("/key/a/").expect(200);
    send("k".repeat(100), "DELETE", "/key/a/", null).expect(200);
  }
}
