package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

/** In production everything is read and nothing is changed. */
@OnEveryStore
class HttpProductionIT {
  private static final List<String> MANAGEMENT = List.of(
      "POST /key/k/",
      "PUT /key/k/",
      "DELETE /key/k/",
      "DELETE /pattern/manage/",
      "PUT /pattern/manage/",
      "DELETE /",
      "POST /",
      "POST /?async=true",
      "POST /restore/",
      "POST /restore/?async=true",
      "DELETE /jobs/x/",
      "POST /auto-dump/",
      "PUT /auto-dump/",
      "DELETE /auto-dump/",
      "DELETE /apps/k/");

  private final StoreKind store;

  HttpProductionIT(StoreKind store) {
    this.store = store;
  }

  @Test
  void changesAreForbiddenBeforeReadingTheBody() {
    try (RunningService production = RunningService.start(store, "production", Map.of())) {
      for (String request : MANAGEMENT) {
        String[] parts = request.split(" ");
        for (String body : List.of("{\"pattern\": \".\", \"value\": 1}", "{ no json")) {
          Reply reply = production
              .client()
              .send(parts[0], parts[1], body)
              .expectProblem(403, "management-forbidden");
          assertEquals(
              "This operation is only available in development environment", reply.text("error"));
          assertEquals(
              "Modification operations are disabled in production for security reasons",
              reply.text("message"));
        }
      }
      production
          .client()
          .send("POST", "/key/%20/", null)
          .expectProblem(403, "management-forbidden");
      production.client().send("POST", "/stats/", null).expectProblem(405, "method-not-allowed");
      production.client().send("POST", "/nothing/", null).expectProblem(404, "no-such-path");
    }
  }

  @Test
  void everythingIsReadAndNothingChanges() {
    try (RunningService production = RunningService.start(store, "production", Map.of())) {
      ApiClient api = production.client();
      assertEquals("production", api.get("/stats/").expect(200).text("environment"));
      for (String path : List.of(
          "/keys/",
          "/keys/?details=true",
          "/pattern/?pattern=.",
          "/pattern/?pattern=.&values=true",
          "/pattern/stats/?pattern=.&values=true",
          "/auto-dump/",
          "/dumps/",
          "/jobs/",
          "/apps/stats/",
          "/apps/registry/")) {
        api.get(path).expect(200);
      }
    }
  }

  @Test
  void theDefaultIsProduction() {
    assertEquals("production", AppConfig.from(store.settings()).environment().toString());
  }
}
