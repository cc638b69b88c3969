package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.EventFollower;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import tools.jackson.databind.JsonNode;

/** Nothing is done or told for rights that a token has no more. */
class HttpRevokedTokenIT {
  @TempDir
  Path folder;

  private RunningService start(Path tokens) {
    return RunningService.start(
        StoreKind.MEMORY, "development", Map.of("CACHE_TOKENS_FILE", tokens.toString()));
  }

  private static void awaitChange(EventFollower follower, String key) throws IOException {
    String line = follower.readLine();
    while (!assertInstanceOf(String.class, line, "it has ended").contains("\"" + key + "\"")) {
      line = follower.readLine();
    }
  }

  /** At once, so that nobody reads half of the file. */
  private void replace(Path tokens, String... changed) throws IOException {
    Path next = TokensOnDisk.write(Files.createDirectory(folder.resolve("next")), changed);
    Files.move(next, tokens, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void aRemovedTokenGetsNoLaterChange() throws IOException {
    assertStreamEnds("root operator");
  }

  @Test
  void aTokenWithOtherAppsGetsNoLaterChange() throws IOException {
    assertStreamEnds("root operator", "eve viewer apps=other");
  }

  @Test
  void aTokenWithAnotherRoleGetsNoLaterChange() throws IOException {
    assertStreamEnds("root operator", "eve reader");
  }

  /** What arrives after the token has changed is not for the rights it had before. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                       | DELETE /api/cache/pattern/manage/ | {\"prefix\": \"bank\"}",
        "eve viewer               | POST /api/cache/keys/delete/      | {\"keys\": [\"bank:1\"]}",
        "eve operator apps=shop   | POST /api/cache/keys/get/         | {\"keys\": [\"bank:1\"]}",
        "eve operator apps=shop   | POST /api/cache/key/bank%3A1/     | {\"value\": 2}",
        "eve operator expires=2020-01-01T00:00:00Z | DELETE /api/cache/ | {\"confirm\": \"clear\"}"
      })
  void aBodyThatArrivesLateActsWithNoOlderRights(String changed, String line, String body)
      throws IOException {
    Path tokens = TokensOnDisk.write(folder, "root operator", "eve operator");
    try (RunningService service = start(tokens);
        Socket late = service.client().connect()) {
      ApiClient root = service.client().with("root");
      root.put("bank:1", "1");
      ApiClient eve = service.client().with("eve");
      String before = identity(eve);
      late.setSoTimeout(10_000);
      send(
          late,
          "%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer eve\r\nExpect: 100-continue\r\n"
                  .formatted(line)
              + "Content-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                  .formatted(body.length()));
      // The service reads the body, so it knows the caller.
      String next = "HTTP/1.1 100 Continue\r\n\r\n";
      assertEquals(next, text(late.getInputStream().readNBytes(next.length())));
      replace(
          tokens,
          Stream.of("root operator", changed).filter(one -> !one.isEmpty()).toArray(String[]::new));
      Await.until(() -> !identity(eve).equals(before));
      send(late, body);
      String answer = text(late.getInputStream().readAllBytes());
      assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
      assertTrue(answer.contains("\r\nWWW-Authenticate: Bearer"), answer);
      assertTrue(answer.contains("since this request began"), answer);
      assertEquals(
          1, root.get("/key/bank%3A1/").expect(200).json().path("value").asInt());
    }
  }

  @Test
  void aReadThatHasWaitedIsNotForOlderRights() throws IOException {
    Path tokens = TokensOnDisk.write(folder, "root operator", "eve operator");
    try (MemcachedServer server = MemcachedServer.start();
        RunningService service = RunningService.start(
            StoreKind.ONE_MEMCACHED,
            "development",
            Map.of(
                "CACHE_TOKENS_FILE",
                tokens.toString(),
                "MEMCACHED_SERVERS",
                server.address(),
                "MEMCACHED_TIMEOUT_MS",
                "60000"))) {
      service.client().with("root").put("bank:1", "1");
      ApiClient eve = service.client().with("eve");
      String before = identity(eve);
      server.pause();
      CompletableFuture<ApiClient.Reply> read =
          CompletableFuture.supplyAsync(() -> eve.get("/key/bank%3A1/"));
      replace(tokens, "root operator", "eve operator apps=shop");
      Await.until(() -> !identity(eve).equals(before));
      assertFalse(read.isDone());
      server.resume();
      read.join().expectProblem(401, "unauthorized");
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The first answer was for other rights. */
  @Test
  void anIdempotencyKeyIsForTheSameRights() throws IOException {
    Path tokens = TokensOnDisk.write(folder, "root operator", "eve operator");
    try (RunningService service = start(tokens)) {
      service.client().with("root").put("bank:1", "1");
      ApiClient eve = service.client().with("eve");
      String trial = "{\"prefix\": \"bank\", \"dry_run\": true}";
      assertEquals(1, again(eve, trial).expect(200).number("matched_count"));
      String before = identity(eve);
      replace(tokens, "root operator", "eve operator apps=shop");
      Await.until(() -> !identity(eve).equals(before));
      again(eve, trial).expectProblem(422, "other-request");
    }
  }

  private static ApiClient.Reply again(ApiClient caller, String body) {
    return caller.sendWith("Idempotency-Key", "1", "DELETE", "/pattern/manage/", body);
  }

  private static String identity(ApiClient client) {
    JsonNode service = client.get("/service/").json();
    return service.path("caller") + " " + service.path("role") + " " + service.path("apps");
  }

  /** @param changed the tokens after the stream was opened */
  private void assertStreamEnds(String... changed) throws IOException {
    Path tokens = TokensOnDisk.write(folder, "root operator", "eve viewer");
    try (RunningService service = start(tokens);
        EventFollower revoked = service.client().with("eve").follow("/changes/events");
        EventFollower other = service.client().with("root").follow("/changes/events")) {
      ApiClient root = service.client().with("root");
      root.put("seen:1", "1");
      awaitChange(revoked, "seen:1");
      awaitChange(other, "seen:1");
      ApiClient eve = service.client().with("eve");
      String before = identity(eve);
      replace(tokens, changed);
      Await.until(() -> !identity(eve).equals(before));
      root.put("hidden:1", "1");
      // Others go on.
      awaitChange(other, "hidden:1");
      List<String> rest = revoked.rest();
      assertFalse(rest.toString().contains("hidden"), rest::toString);
      assertEquals("", revoked.readLine());
    }
  }
}
