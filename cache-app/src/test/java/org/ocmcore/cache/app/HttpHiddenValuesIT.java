package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

/** Values that a setting hides appear in no answer, whatever asks for them. */
@OnEveryStore
class HttpHiddenValuesIT {
  private static final String SECRET = "s3cr3t-of-somebody";

  @Parameter
  StoreKind store;

  private RunningService service;
  private ApiClient api;

  @BeforeEach
  void start() {
    RunningService.fresh(store);
    service =
        RunningService.start(store, "development", Map.of("CACHE_HIDE_VALUES", "^session:|token"));
    api = service.client();
    for (String key : List.of("session:1", "a:token", "page:1")) {
      api.put(key, "\"" + SECRET + "\"");
    }
    api.put("session:json", "{\"a\": \"" + SECRET + "\"}");
    api.send("POST", "/key/?key_base64=dG9rZW7/", "{\"value\": \"" + SECRET + "\"}")
        .expect(201);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aKeyIsShownWithoutItsValue() {
    for (String path : List.of("/key/session:1/", "/key/session:json/", "/key/a:token/")) {
      Reply hidden = api.get(path).expect(200);
      assertEquals("hidden", hidden.text("encoding"));
      assertTrue(hidden.at("value").isNull());
      assertTrue(hidden.number("size_bytes") > SECRET.length());
    }
    assertEquals(SECRET, api.get("/key/page:1/").text("value"));
  }

  @Test
  void noViewShowsIt() {
    for (String path : List.of(
        "/key/session:1/view",
        "/key/session:json/view?decode=json",
        "/key/a:token/view?decode=hex",
        "/key/?key_base64=dG9rZW7/&decode=auto")) {
      Reply hidden = api.get(path).expect(200);
      assertEquals("hidden", hidden.text("format"));
      assertFalse(hidden.json().toString().contains(SECRET), path);
    }
    assertEquals(SECRET, api.get("/key/page:1/view").text("content"));
  }

  @Test
  void noFileHasThem() {
    for (String path : List.of(
        "/key/session:1/raw", "/key/session:none/raw", "/key/?key_base64=dG9rZW7/&raw=true")) {
      Reply refused = api.get(path).expectProblem(403, "value-hidden");
      assertTrue(refused.text("detail").contains("CACHE_HIDE_VALUES"), refused.text("detail"));
    }
    Reply known = api.get("/key/session:1/?value=false").expect(200);
    assertFalse(known.json().has("value"));
    assertEquals(
        SECRET, new String(api.get("/key/page:1/raw").expect(200).response().body()));
  }

  @Test
  void noListOfValuesHasThem() {
    String named = "{\"keys\": [\"session:1\", \"page:1\"]}";
    for (Reply reply : List.of(
        api.get("/pattern/?pattern=.&values=true"),
        api.get("/pattern/stats/?pattern=.&values=true"),
        api.send("POST", "/keys/get/", named))) {
      String text = reply.expect(200).json().toString();
      assertEquals(1, occurrences(text), text);
      assertTrue(text.contains("\"session:1\":{\"hidden\":true}"), text);
      assertTrue(text.contains("\"page:1\":\"" + SECRET + "\""), text);
    }
  }

  private static int occurrences(String text) {
    return text.split(SECRET, -1).length - 1;
  }

  @Test
  void noOtherAnswerHasThem() {
    api.send("POST", "/", null).expect(200);
    String dump = api.get("/dumps/").at("/dumps/0/name").stringValue();
    for (String path : List.of(
        "/keys/?details=true",
        "/dumps/" + dump + "/keys/?details=true",
        "/dumps/" + dump + "/diff/",
        "/jobs/",
        "/stats/",
        "/analysis/")) {
      String text = api.get(path).expect(200).json().toString();
      assertFalse(text.contains(SECRET), path + ": " + text);
    }
  }

  @Test
  void whatIsHiddenCanStillBeChangedAndRestored() {
    api.send("POST", "/", null).expect(200);
    api.send("DELETE", "/key/session:1/", null).expect(200);
    api.send("POST", "/restore/", null).expect(200);
    assertEquals("hidden", api.get("/key/session:1/").expect(200).text("encoding"));
    assertEquals(
        200, api.send("POST", "/key/session:1/", "{\"value\": \"new\"}").status());
  }
}
