package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

/** Who may do what, by role, token and environment. */
class HttpAccessIT {
  private static final String VALUE = "{\"value\": 1}";

  @TempDir
  Path folder;

  private RunningService service;

  private ApiClient start(String environment, Map<String, String> more) {
    service = RunningService.start(StoreKind.MEMORY, environment, more);
    return service.client();
  }

  private ApiClient startWithTokens(String environment) {
    Path file = TokensOnDisk.write(folder, "v viewer", "r reader", "o operator");
    return start(environment, Map.of("CACHE_TOKENS_FILE", file.toString()));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static List<Reply> changes(ApiClient client) {
    return List.of(
        client.send("POST", "/key/k/", VALUE),
        client.send("PUT", "/key/k/", "{}"),
        client.delete("/key/k/"),
        client.send("DELETE", "/pattern/manage/", "{\"pattern\": \"nothing\"}"),
        client.send("PUT", "/pattern/manage/", "{\"pattern\": \"nothing\", \"dry_run\": true}"),
        client.send("POST", "/keys/delete/", "{\"keys\": []}"),
        client.send("POST", "/keys/refresh/", "{\"keys\": []}"),
        client.delete("/apps/none/"),
        client.delete("/dumps/none/"),
        client.send("POST", "/restore/", "{}"),
        client.delete("/jobs/none/"),
        client.delete("/"));
  }

  private static List<Reply> dumping(ApiClient client) {
    return List.of(
        client.send("POST", "/", null),
        client.send("POST", "/auto-dump/", "{\"interval_seconds\": 1000}"),
        client.send("PUT", "/auto-dump/", "{\"interval_seconds\": 1000}"),
        client.delete("/auto-dump/"));
  }

  private static List<Reply> values(ApiClient client) {
    return List.of(
        client.get("/key/k/"),
        client.get("/key/k/raw"),
        client.send("POST", "/keys/get/", "{\"keys\": [\"k\"]}"),
        client.get("/pattern/?pattern=.&values=true"),
        client.get("/pattern/stats/?pattern=.&values=true"));
  }

  private static List<Reply> views(ApiClient client) {
    return List.of(
        client.get("/service/"),
        client.get("/stats/"),
        client.get("/stats/history/"),
        client.get("/keys/?details=true"),
        client.get("/pattern/?pattern=."),
        client.get("/pattern/stats/?pattern=."),
        client.get("/tree/"),
        client.get("/analysis/"),
        client.get("/apps/stats/"),
        client.get("/auto-dump/"),
        client.get("/dumps/"),
        client.get("/jobs/"));
  }

  @Test
  void viewersSeeWhatIsKnownOfAKey() {
    ApiClient anybody = startWithTokens("development");
    anybody.with("o").send("POST", "/key/k/", VALUE).expect(201);
    Reply known = anybody.with("v").get("/key/k/?value=false").expect(200);
    assertEquals("k", known.text("key"));
    anybody.with("v").get("/key/k/raw").expectProblem(403, "role-required");
    anybody.get("/key/k/?value=false").expectProblem(401, "unauthorized");
  }

  @Test
  void withTokensNobodyIsServedWithoutOne() {
    ApiClient anybody = startWithTokens("development");
    for (ApiClient client : List.of(anybody, anybody.with("wrong"))) {
      for (List<Reply> replies :
          List.of(changes(client), views(client), values(client), dumping(client))) {
        for (Reply reply : replies) {
          if (reply.status() != 429) {
            reply.expectProblem(401, "unauthorized");
            assertTrue(reply.header("www-authenticate").startsWith("Bearer"));
            assertEquals("nosniff", reply.header("x-content-type-options"));
          }
        }
      }
      client.get("/no/such/path/").expect(client == anybody ? 401 : 429);
    }
    Reply later = anybody.with("wrong").get("/stats/").expectProblem(429, "too-many-failures");
    assertTrue(Integer.parseInt(later.header("retry-after")) > 0);
    anybody.with("o").get("/stats/").expect(200);
    assertEquals(0, anybody.with("o").get("/stats/").number("total_keys"));
  }

  @Test
  void eachRoleDoesWhatThoseBeforeItDo() {
    ApiClient anybody = startWithTokens("development");
    ApiClient operator = anybody.with("o");
    operator.send("POST", "/key/k/", VALUE).expect(201);
    for (String token : List.of("v", "r", "o")) {
      views(anybody.with(token)).forEach(reply -> reply.expect(200));
    }
    values(anybody.with("r")).forEach(reply -> reply.expect(200));
    values(operator).forEach(reply -> reply.expect(200));
    for (Reply reply : values(anybody.with("v"))) {
      assertEquals("reader", reply.expectProblem(403, "role-required").text("role"));
    }
    for (String token : List.of("v", "r")) {
      for (List<Reply> replies :
          List.of(changes(anybody.with(token)), dumping(anybody.with(token)))) {
        for (Reply reply : replies) {
          assertEquals("operator", reply.expectProblem(403, "role-required").text("role"));
        }
      }
    }
    dumping(operator).forEach(reply -> reply.expect(200));
    String file = operator.get("/dumps/").at("/dumps/0/name").stringValue();
    anybody.with("r").get("/dumps/" + file + "/file/").expectProblem(403, "role-required");
    operator.get("/dumps/" + file + "/file/").expect(200);
    assertTrue(changes(operator).stream().noneMatch(reply -> reply.status() == 403));
  }

  @Test
  void productionIsReadOnlyForEverybody() {
    ApiClient anybody = startWithTokens("production");
    for (String token : List.of("v", "r", "o")) {
      for (List<Reply> replies :
          List.of(changes(anybody.with(token)), dumping(anybody.with(token)))) {
        replies.forEach(reply -> reply.expectProblem(403, "management-forbidden"));
      }
    }
    Reply operator = anybody.with("o").get("/service/");
    assertEquals("operator", operator.text("role"));
    assertEquals(List.of(), operator.texts("allowed"));
  }

  @Test
  void productionOpensWhatItIsSetTo() {
    ApiClient anybody = start(
        "production",
        Map.of(
            "CACHE_PRODUCTION_ALLOW",
            "dump, download",
            "CACHE_TOKENS_FILE",
            TokensOnDisk.write(folder, "r reader", "o operator").toString()));
    ApiClient operator = anybody.with("o");
    assertEquals(List.of("download", "dump"), operator.get("/service/").texts("allowed"));
    dumping(operator).forEach(reply -> reply.expect(200));
    String file = operator.get("/dumps/").at("/dumps/0/name").stringValue();
    operator.get("/dumps/" + file + "/file/").expect(200);
    anybody.with("r").send("POST", "/", null).expectProblem(403, "role-required");
    List<Reply> refused = changes(operator);
    for (Reply reply : refused) {
      if (!reply.text("instance").contains("/jobs/")) {
        reply.expectProblem(403, "management-forbidden");
      }
    }
  }

  /** Otherwise a client may send its next request on a connection that has ended. */
  @Test
  void aRefusalBeforeTheBodyEndsTheConnection() throws IOException {
    ApiClient anybody = startWithTokens("development");
    try (Socket socket = anybody.connect()) {
      socket
          .getOutputStream()
          .write(
              "PUT /api/cache/auto-dump/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
      assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
    }
  }

  @Test
  void anonymousCallersReadInProduction() {
    ApiClient anybody = start("production", Map.of());
    assertEquals("reader", anybody.get("/service/").text("role"));
    assertEquals("anonymous", anybody.get("/service/").text("caller"));
    anybody.with("ignored").get("/stats/").expect(200);
  }

  @Test
  void anonymousCallersChangeInDevelopment() {
    ApiClient anybody = start("development", Map.of());
    Reply me = anybody.get("/service/");
    assertEquals("operator", me.text("role"));
    assertEquals(List.of("download", "dump", "manage"), me.texts("allowed"));
    assertTrue(me.at("apps").isNull());
    anybody.send("POST", "/key/k/", VALUE).expect(201);
  }

  @Test
  void otherSchemesAndSeveralHeadersAreRefused() {
    ApiClient anybody = startWithTokens("development");
    anybody.with("o").get("/stats/").expect(200);
    anybody.with("o, Bearer o").get("/stats/").expectProblem(401, "unauthorized");
    anybody.with("").get("/stats/").expectProblem(401, "unauthorized");
  }
}
