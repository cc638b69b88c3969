package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import tools.jackson.databind.JsonNode;

/**
 * Deleting every key at once, and the keys by which clients come to that by mistake: they shorten
 * the path {@code key/../} before they send it.
 */
class HttpClearingIT extends HttpFixture {
  private static final String CONFIRMED = "{\"confirm\": \"clear\"}";

  @Test
  void aBareDeletionClearsAsInTheOriginalApi() {
    api.put("a", "1");
    api.send("DELETE", "/", null).expect(200);
    assertEquals(0, api.get("/keys/").number("total_keys"));
    api.put("a", "1");
    api.send("DELETE", "/", CONFIRMED).expect(200);
    assertEquals(0, api.get("/keys/").number("total_keys"));
  }

  @Test
  void aServiceThatAsksForItClearsOnlyWithAConfirmation() {
    try (RunningService asking =
        RunningService.start(store, "development", Map.of("CACHE_CONFIRM_CLEAR", "true"))) {
      ApiClient client = asking.client();
      client.put("a", "1");
      for (String body : new String[] {null, "{}"}) {
        String detail = client
            .send("DELETE", "/", body)
            .expectProblem(400, "confirmation-required")
            .text("detail");
        assertTrue(detail.endsWith("send the body " + CONFIRMED), detail);
      }
      client.send("DELETE", "/", "{\"confirm\": \"yes\"}").expectProblem(400, "invalid-parameter");
      client.send("DELETE", "/?confirm=clear", null).expectProblem(400, "invalid-parameter");
      assertEquals("1", client.get("/key/a/").expect(200).at("value").toString());
      client.send("DELETE", "/", CONFIRMED).expect(200);
      client.get("/key/a/").expect(404);
    }
  }

  @Test
  void productionRefusesWithAConfirmationToo() {
    try (RunningService production =
        RunningService.start(store, "production", Map.of("CACHE_CONFIRM_CLEAR", "true"))) {
      production.client().send("DELETE", "/", CONFIRMED).expectProblem(403, "management-forbidden");
    }
  }

  @Test
  void listsWarnOfKeysThatClientsTakeForStepsOfAPath() {
    storeByBytes("..", "Li4=");
    storeByBytes(".", "Lg==");
    api.put("...", "1");
    for (String path : List.of(
        "/keys/",
        "/keys/?details=true",
        "/pattern/?pattern=.",
        "/pattern/stats/?pattern=.",
        "/apps/global/pattern/?pattern=.")) {
      String hint = api.get(path).expect(200).text("hint");
      assertTrue(hint.contains("key_base64="), path + ": " + hint);
    }
    JsonNode bytes = api.get("/keys/").at("keys_base64");
    assertEquals("{\".\":\"Lg==\",\"..\":\"Li4=\"}", bytes.toString());
    JsonNode details = api.get("/keys/?details=true").at("keys");
    assertEquals("Lg==", details.get(0).get("key_base64").stringValue());
    assertEquals("Li4=", details.get(1).get("key_base64").stringValue());
    assertFalse(details.get(2).has("key_base64"));
    api.send("DELETE", "/key/?key_base64=Li4=", null).expect(200);
    api.send("DELETE", "/key/?key_base64=Lg==", null).expect(200);
    assertFalse(api.get("/keys/").json().has("hint"));
    assertFalse(api.get("/keys/").json().has("keys_base64"));
  }

  @Test
  void twoHintsStandTogether() {
    storeByBytes("..", "Li4=");
    String hint = api.get("/keys/?limt=3").expect(200).text("hint");
    assertTrue(hint.contains("key_base64="), hint);
    assertTrue(hint.contains("did you mean limit?"), hint);
  }

  private void storeByBytes(String key, String base64) {
    Reply stored =
        api.send("POST", "/key/?key_base64=" + base64, "{\"value\": \"1\"}").expect(201);
    assertEquals(key, stored.text("key"));
    assertEquals(base64, stored.text("key_base64"));
  }
}
