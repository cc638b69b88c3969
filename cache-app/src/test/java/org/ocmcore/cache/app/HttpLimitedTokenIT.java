package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.http.EventFollower;
import tools.jackson.databind.JsonNode;

/** The holder of a token that is limited to an app cannot tell that there are other apps. */
@OnEveryStore
class HttpLimitedTokenIT {
  /** Every path that answers about keys. */
  private static final List<String> PATHS = List.of(
      "/service/",
      "/settings/",
      "/stats/",
      "/stats/history/",
      "/keys/",
      "/keys/?details=true",
      "/keys/?limit=3",
      "/keys/?limit=3&cursor=c2hvcDph",
      "/keys/?sort=size&limit=5",
      "/keys/?app=bank",
      "/keys/?prefix=bank",
      "/keys/?fresh=true",
      "/pattern/?pattern=.",
      "/pattern/?pattern=bank",
      "/pattern/?pattern=.&limit=2",
      "/pattern/?pattern=.&values=true",
      "/pattern/stats/?pattern=.",
      "/pattern/stats/?pattern=.&values=true",
      "/tree/",
      "/tree/?delimiter=a",
      "/tree/?delimiter=o",
      "/tree/?prefix=b",
      "/tree/?prefix=shop:&fresh=true",
      "/analysis/",
      "/analysis/?prefix=b",
      "/apps/stats/",
      "/apps/registry/",
      "/apps/bank/stats/",
      "/apps/global/stats/",
      "/apps/shop/stats/",
      "/apps/bank/pattern/?pattern=.",
      "/apps/shop/pattern/?pattern=.",
      "/key/bank:1/",
      "/key/bank:1/view",
      "/key/bank:1/?value=false",
      "/key/bank:1/raw",
      "/key/lonely/",
      "/auto-dump/",
      "/jobs/");

  @Parameter
  StoreKind store;

  @TempDir
  Path folder;

  private RunningService service;
  private ApiClient root;
  private ApiClient shop;

  @BeforeEach
  void start() {
    RunningService.fresh(store);
    service = RunningService.start(
        store,
        "development",
        Map.of(
            "CACHE_TOKENS_FILE",
            TokensOnDisk.write(folder, "root operator", "seller operator apps=shop")
                .toString()));
    root = service.client().with("root");
    shop = service.client().with("seller");
    for (int i = 0; i < 30; i++) {
      put("bank:" + i);
    }
    for (String key : List.of("shop:a", "shop:a:1", "shop:a:2", "shop:b", "lonely", "shopping:1")) {
      put(key);
    }
  }

  private void put(String key) {
    root.send("POST", "/key/" + key + "/", "{\"value\": \"v\", \"timeout\": null}")
        .expect(201);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Map<String, String> answers() {
    Map<String, String> answers = new LinkedHashMap<>();
    for (String path : PATHS) {
      Reply reply = shop.get(path);
      String text = reply
          .json()
          .toString()
          .replaceAll("\"(as_of|next_dump_at|request_id)\":\"[^\"]*\"", "")
          .replaceAll("\"(duration_ms|uptime_seconds|last_access_seconds)\":\\d+", "");
      answers.put(path, reply.status() + " " + text);
    }
    return answers;
  }

  @Test
  void noAnswerChangesWithTheKeysOfOthers() {
    Map<String, String> with = answers();
    for (String app : List.of("bank", "global", "shopping")) {
      root.delete("/apps/" + app + "/").expect(200);
    }
    with.forEach((path, answer) -> assertFalse(
        answer.contains("bank:") && !path.contains("bank"), () -> path + ": " + answer));
    assertEquals(with, answers());
  }

  @Test
  void itsOwnKeysAreAllThere() {
    assertEquals(
        List.of("shop:a", "shop:a:1", "shop:a:2", "shop:b"), shop.get("/keys/").texts("keys"));
    assertEquals(4, shop.get("/stats/").number("total_keys"));
    assertEquals(36, root.get("/stats/").number("total_keys"));
    assertEquals(List.of("shop"), shop.get("/service/").texts("apps"));
    assertEquals("v", shop.get("/key/shop:b/").text("value"));
  }

  @Test
  void changesReachItsOwnKeysOnly() {
    String all = "{\"pattern\": \".\"}";
    Reply preview =
        shop.send("DELETE", "/pattern/manage/", "{\"pattern\": \".\", \"dry_run\": true}");
    assertEquals(4, preview.expect(200).number("matched_count"));
    shop.send("DELETE", "/pattern/manage/", "{\"pattern\": \".\", \"max_keys\": 3}")
        .expectProblem(422, "too-many-keys");
    assertEquals(4, shop.send("PUT", "/pattern/manage/", all).number("refreshed_count"));
    assertEquals(4, shop.send("DELETE", "/pattern/manage/", all).number("deleted_count"));
    assertEquals(32, root.get("/stats/").number("total_keys"));
  }

  @Test
  void whatIsNotItsOwnIsRefused() {
    String value = "{\"value\": 1}";
    String named = "{\"keys\": [\"shop:a\", \"bank:1\"]}";
    List<Reply> refused = new ArrayList<>(List.of(
        shop.get("/key/bank:1/"),
        shop.get("/key/none/"),
        shop.send("POST", "/key/bank:1/", value),
        shop.send("PUT", "/key/bank:1/", "{}"),
        shop.delete("/key/bank:1/"),
        shop.send("POST", "/keys/get/", named),
        shop.send("POST", "/keys/delete/", named),
        shop.send("POST", "/keys/refresh/", named),
        shop.delete("/apps/bank/"),
        shop.delete("/apps/none/?async=true"),
        shop.delete("/"),
        shop.send("POST", "/", null),
        shop.send("POST", "/?async=true", null),
        shop.send("POST", "/auto-dump/", "{}"),
        shop.send("PUT", "/auto-dump/", "{\"interval_seconds\": 9}"),
        shop.delete("/auto-dump/")));
    root.send("POST", "/", null).expect(200);
    String dump = "/dumps/" + root.get("/dumps/").at("/dumps/0/name").stringValue();
    refused.add(shop.get(dump + "/"));
    refused.add(shop.get(dump + "/file/"));
    refused.add(shop.delete(dump + "/"));
    refused.add(shop.send("POST", "/restore/", "{\"cold_only\": true}"));
    refused.forEach(reply -> reply.expectProblem(403, "outside-apps"));
    assertEquals(36, root.get("/stats/").number("total_keys"));
  }

  @Test
  void dumpsDiffsAndRestoresShowItsOwnKeys() {
    root.send("POST", "/", null).expect(200);
    Reply dumps = shop.get("/dumps/").expect(200);
    assertTrue(dumps.at("/dumps/0/entries").isNull());
    assertTrue(dumps.at("/dumps/0/bytes").isNull());
    String dump = "/dumps/" + dumps.at("/dumps/0/name").stringValue();
    assertEquals(4, shop.get(dump + "/keys/").expect(200).texts("keys").size());
    assertTrue(shop.get(dump + "/keys/").at("total_keys").isNull());
    assertEquals("2", shop.get(dump + "/keys/?limit=2").text("next_cursor"));
    assertEquals(List.of(), shop.get(dump + "/keys/?pattern=bank").texts("keys"));
    assertEquals(4, shop.get(dump + "/diff/").expect(200).number("same"));
    root.delete("/").expect(200);
    Reply restored = shop.send("POST", "/restore/", "{}").expect(200);
    assertEquals(4, restored.number("restored"));
    assertEquals("{}", restored.at("skipped").toString());
    assertEquals(4, root.get("/stats/").number("total_keys"));
  }

  @Test
  void onlyItsOwnChangesAreFollowed() throws IOException {
    boolean areStoresReported = store == StoreKind.MEMORY || store.reportsStores();
    try (EventFollower follower = shop.follow("/changes/events")) {
      JsonNode servers = follower.event("servers").get("servers");
      while (areStoresReported && !haveStores(servers)) {
        EventFollower.Event event = follower.event();
        if (event.name().equals("servers")) {
          servers = event.data().get("servers");
        } else {
          // The feed of one server may begin before that of another.
          assertTrue(event.data().get("key").stringValue().startsWith("shop:"), event::toString);
        }
      }
      for (int i = 30; i < 60; i++) {
        put("bank:" + i);
      }
      put("shop:new");
      String key = "";
      // A feed may be a second late, and report first what was stored before.
      while (areStoresReported && !key.equals("shop:new")) {
        key = follower.event("change").get("key").stringValue();
        assertTrue(key.startsWith("shop:"), key);
      }
    }
  }

  private static boolean haveStores(JsonNode servers) {
    for (JsonNode server : servers) {
      if (!server.get("reports").toString().contains("stored")) {
        return false;
      }
    }
    return true;
  }

  /** The versions of a server count all its stores. */
  @Test
  void entityTagsDoNotCountTheStoresOfOthers() {
    String tag = shop.get("/key/shop:a/").header("etag");
    assertTrue(tag.matches("\"[0-9a-f]{32}\""), tag);
    assertEquals(tag, shop.get("/key/shop:a/?value=false").header("etag"));
    assertEquals(
        304, shop.sendWith("If-None-Match", tag, "GET", "/key/shop:a/", null).status());
    String value = "{\"value\": 2}";
    shop.sendWith("If-Match", "\"" + "0".repeat(32) + "\"", "POST", "/key/shop:a/", value)
        .expectProblem(412, "precondition-failed");
    shop.sendWith("If-Match", tag, "POST", "/key/shop:a/", value).expect(200);
    shop.sendWith("If-Match", tag, "POST", "/key/shop:a/", value)
        .expectProblem(412, "precondition-failed");
    assertTrue(root.get("/key/shop:a/").header("etag").matches("\"\\d+\""));
  }

  @Test
  void refusedEntityTagsAreShownAsTheyWereSent() {
    String tag = shop.get("/key/shop:a/").header("etag");
    for (String[] condition : new String[][] {
      {"If-Match", "W/" + tag}, {"If-Match", tag + ", " + tag}, {"If-None-Match", tag}
    }) {
      String detail = shop.sendWith(
              condition[0], condition[1], "POST", "/key/shop:a/", "{\"value\": 2}")
          .expectProblem(400, "invalid-parameter")
          .text("detail");
      assertTrue(detail.startsWith(condition[0] + " is " + condition[1] + ": "), detail);
    }
  }

  @Test
  void jobsOfOthersAreNotThere() {
    String foreign = root.send("POST", "/?async=true", null).expect(202).text("id");
    String own = shop.delete("/apps/shop/?async=true").expect(202).text("id");
    assertEquals(own, shop.get("/jobs/").at("/jobs/0/id").stringValue());
    assertEquals("seller", shop.get("/jobs/").at("/jobs/0/started_by").stringValue());
    assertEquals(1, shop.get("/jobs/").at("jobs").size());
    assertEquals(2, root.get("/jobs/").at("jobs").size());
    shop.get("/jobs/" + own + "/").expect(200);
    for (Reply reply : List.of(
        shop.get("/jobs/" + foreign + "/"),
        shop.get("/jobs/" + foreign + "/events"),
        shop.delete("/jobs/" + foreign + "/"))) {
      reply.expectProblem(404, "job-not-found");
    }
  }
}
