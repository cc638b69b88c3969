package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What changes of many keys say beforehand of named keys, and of themselves afterwards. */
class HttpNamedPreviewIT extends HttpFixture {
  @ParameterizedTest
  @ValueSource(strings = {"delete", "refresh"})
  void namedKeysArePreviewedAndStay(String verb) {
    for (String key : List.of("shop:1", "shop:2", "user:1", "alone")) {
      api.put(key, "1", "1000");
    }
    Reply preview = api.send(
            "POST",
            "/keys/" + verb + "/",
            "{\"keys\": [\"user:1\", \"shop:1\", \"none\", \"shop:1\"], \"keys_base64\": [\"c2hvcDoy\"], \"dry_run\": true}")
        .expect(200);
    assertEquals(
        "3 of 4 named keys would be %s".formatted(verb.equals("delete") ? "deleted" : "refreshed"),
        preview.text("message"));
    assertTrue(preview.at("dry_run").booleanValue());
    assertEquals(4, preview.number("named_count"));
    assertEquals(1, preview.number("unknown_count"));
    assertEquals(3, preview.number("matched_count"));
    assertEquals("{\"shop\":2,\"user\":1}", preview.at("apps").toString());
    assertEquals(2, preview.number("total_apps"));
    long onServers = 0;
    for (String address : store.addresses()) {
      onServers += preview.at("servers").get(address).longValue();
    }
    assertEquals(3, onServers);
    assertEquals(List.of("shop:1", "shop:2", "user:1"), preview.texts("sample"));
    assertTrue(preview.number("matched_bytes") > 3);
    assertTrue(preview.at("complete").booleanValue());
    assertFalse(preview.json().has("plan"));
    assertEquals(!verb.equals("delete"), preview.json().has("timeout"));
    assertEquals(4, api.get("/keys/?fresh=true").number("total_keys"));
    assertTrue(api.get("/key/user:1/").number("ttl_seconds") > 900);
    api.send("POST", "/keys/" + verb + "/", "{\"keys\": [\"shop:1\"], \"dry_run\": 1}")
        .expectProblem(400, "invalid-parameter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pattern\":\"^user:\",\"match\":\"regex\"}",
        "{\"pattern\":\"user:*\",\"match\":\"glob\",\"rate\":5000}",
        "{\"prefix\":\"a\",\"app\":\"b\",\"min_size\":1,\"max_size\":2,\"ttl_below\":30,\"ttl_above\":4,\"idle_above\":5,\"idle_below\":60}",
        "{\"prefix_base64\":\"/3g=\",\"no_ttl\":true,\"never_fetched\":true}",
      })
  void jobsSayWhatToAskForToDoTheRest(String body) {
    JsonNode asked = JsonMapper.shared().readTree(body);
    assertEquals(
        asked, ended(api.send("DELETE", "/pattern/manage/?async=true", body)).at("request"));
    String refresh = body.replace("}", ",\"timeout\":null,\"jitter\":0.25}");
    JsonNode request =
        ended(api.send("PUT", "/pattern/manage/?async=true", refresh)).at("request");
    assertEquals(JsonMapper.shared().readTree(refresh), request);
    api.send("PUT", "/pattern/manage/", request.toString()).expect(200);
  }

  @Test
  void otherJobsHaveNoRequest() {
    assertTrue(ended(api.send("POST", "/?async=true", null)).at("request").isNull());
  }

  @Test
  void theKeysOfAnAppAndOfAServerAreARequestToo() {
    Reply app = ended(api.send("DELETE", "/apps/shop/?async=true", null));
    assertEquals("{\"app\":\"shop\"}", app.at("request").toString());
    String address = store.addresses().get(0);
    Reply server = ended(
        api.send("DELETE", "/pattern/manage/?async=true", "{\"server\": \"" + address + "\"}"));
    assertEquals("{\"server\":\"" + address + "\"}", server.at("request").toString());
  }

  private Reply ended(Reply begun) {
    String path = begun.expect(202).header("location").substring(ApiClient.BASE.length());
    Await.until(() -> !api.get(path).expect(200).at("finished_at").isNull());
    return api.get(path);
  }
}
