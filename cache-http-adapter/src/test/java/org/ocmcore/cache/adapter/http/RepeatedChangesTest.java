package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  @Test
  void anotherRequestIsNoRepetition() {
    client.put("b", "1");
    send("1", "DELETE", "/key/a/", null).expect(200);
    send("1", "DELETE", "/key/b/", null).expect(200);
    client.get("/key/b/").expect(404);
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
  void aKeyHasABoundedLength() {
    send("k".repeat(101), "DELETE", "/key/a/", null).expectProblem(400, "invalid-parameter");
    client.get("/key/a/").expect(200);
    send("k".repeat(100), "DELETE", "/key/a/", null).expect(200);
  }
}
