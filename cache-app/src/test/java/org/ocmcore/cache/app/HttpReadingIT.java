package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import tools.jackson.databind.JsonNode;

/** Every request that reads, with the fields that it answers. */
class HttpReadingIT extends HttpFixture {
  @Test
  void statsDescribeTheCache() {
    api.put("a", "1");
    api.put("b", "2");
    api.get("/key/a/").expect(200);
    Reply stats = api.get("/stats/").expect(200);
    assertEquals(2, stats.number("total_keys"));
    assertEquals(2, stats.number("size"));
    assertEquals(store.backend(), stats.text("cache_backend"));
    assertEquals("development", stats.text("environment"));
    assertEquals(service.dumpFile().toString(), stats.text("dump_file"));
    assertFalse(stats.at("auto_dump_enabled").booleanValue());
    assertEquals(300, stats.number("auto_dump_interval"));
    Await.until(() -> api.get("/stats/")
        .at("tracking")
        .get("mode")
        .stringValue()
        .equals(store.reportsStores() ? "feed and walk" : "walk"));
    assertTrue(stats.at("tracking").get("complete").booleanValue());
    assertEquals("development", stats.at("env_config").get("CACHE_ENVIRONMENT").stringValue());
    assertEquals("0", stats.at("env_config").get("CACHE_HTTP_PORT").stringValue());
  }

  @Test
  void settingsSayWhereTheyComeFrom() {
    JsonNode known = api.get("/stats/").expect(200).at("env_config");
    Map<String, String> origins = new HashMap<>();
    for (JsonNode setting : api.get("/settings/").expect(200).at("settings")) {
      String name = setting.get("name").stringValue();
      assertEquals(known.get(name).stringValue(), setting.get("value").stringValue(), name);
      assertFalse(setting.get("meaning").stringValue().isEmpty(), name);
      origins.put(name, setting.get("origin").stringValue());
    }
    assertEquals(known.size(), origins.size());
    assertEquals("environment", origins.get("CACHE_HTTP_PORT"));
    assertEquals("default", origins.get("CACHE_HTTP_HOST"));
  }

  @Test
  void statsReportWhyStoresAreNotWatched() {
    Await.until(() -> api.get("/stats/").at("tracking").get("servers").get(0).has("feed_withheld")
        == (store == StoreKind.ONE_MEMCACHED));
    if (store == StoreKind.ONE_MEMCACHED) {
      JsonNode server = api.get("/stats/").at("tracking").get("servers").get(0);
      String reason = server.get("feed_withheld").stringValue();
      assertTrue(reason.contains("CACHE_FEED=on"), reason);
      Await.until(() ->
          api.get("/stats/").at("tracking").get("servers").get(0).get("feed").isObject());
    }
  }

  @Test
  void statsReportHowEachServerStands() {
    api.put("a", "1");
    JsonNode servers = api.get("/stats/").at("servers");
    List<String> addresses = new ArrayList<>();
    long items = 0;
    for (JsonNode server : servers) {
      addresses.add(server.get("address").stringValue());
      assertTrue(server.get("up").booleanValue());
      assertFalse(server.get("version").stringValue().isEmpty());
      for (String number :
          List.of("uptime_seconds", "bytes", "hits", "misses", "stores", "evictions")) {
        assertTrue(server.get(number).longValue() >= 0, number);
      }
      for (String maybe : List.of("limit_bytes", "hit_ratio", "connections")) {
        assertTrue(server.get(maybe).isNumber() || server.get(maybe).isNull(), maybe);
      }
      items += server.get("current_items").longValue();
    }
    assertEquals(store.addresses(), addresses);
    // Memcached counts items that were flushed until it meets them.
    assertTrue(items >= 1, items + " items");
  }

  @Test
  void keysListsAll() {
    assertEquals(List.of(), api.get("/keys/").expect(200).texts("keys"));
    api.put("b", "1");
    api.put("a", "1");
    Reply keys = api.get("/keys/").expect(200);
    assertEquals(List.of("a", "b"), keys.texts("keys"));
    assertEquals(2, keys.number("total_keys"));
    assertFalse(keys.json().has("next_cursor"));
  }

  @Test
  void keysComeInPages() {
    List<String> all =
        IntStream.range(0, 25).mapToObj(i -> "page:%03d".formatted(i)).toList();
    all.forEach(key -> api.put(key, "1"));
    assertEquals(all, paged("/keys/?limit=10", "total_keys"));
    assertEquals(all.subList(10, 20), paged("/pattern/?pattern=page:01&limit=3", "count"));
  }

  private List<String> paged(String path, String total) {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    while (true) {
      Reply page = api.get(path + cursor).expect(200);
      List<String> keys = page.texts("keys");
      assertFalse(keys.isEmpty());
      seen.addAll(keys);
      if (page.at("next_cursor").isNull()) {
        assertEquals(seen.size(), page.number(total));
        return seen;
      }
      cursor = "&cursor=" + page.text("next_cursor");
    }
  }

  @Test
  void detailsReportWhatAKeyCosts() {
    api.put("hour", "\"" + "x".repeat(100) + "\"");
    api.put("never", "\"" + "x".repeat(100) + "\"", "null");
    for (String path : List.of("/keys/?details=true", "/pattern/?pattern=.&details=TRUE")) {
      JsonNode keys = api.get(path).expect(200).at("keys");
      assertEquals("hour", keys.get(0).get("key").stringValue());
      assertTrue(keys.get(0).get("ttl_seconds").longValue() > 3590);
      assertTrue(keys.get(1).get("ttl_seconds").isNull());
      assertEquals(48 + 8 + 4 + 1 + 100 + 2, keys.get(0).get("size_bytes").longValue());
      assertEquals(0, keys.get(0).get("flags").longValue());
      assertTrue(keys.get(0).get("last_access_seconds").longValue() < 60);
      assertTrue(store.addresses().contains(keys.get(0).get("server").stringValue()));
    }
  }

  @Test
  void aPatternFindsKeysAndCountsThem() {
    List.of("user:1", "user:2", "item:1").forEach(key -> api.put(key, "1"));
    Reply found = api.get("/pattern/?pattern=^user:").expect(200);
    assertEquals("^user:", found.text("pattern"));
    assertEquals(List.of("user:1", "user:2"), found.texts("keys"));
    assertEquals(2, found.number("count"));
    assertEquals(3, found.number("total_keys"));
  }

  @Test
  void aPatternFindsValues() {
    api.put("v:json", "{\"a\": [1, 2.50, null]}");
    api.put("v:text", "\"plain ünïcode\"");
    api.put("v:bytes", "{\"base64\": \"/wD+\"}");
    Reply found = api.get("/pattern/?pattern=^v:&values=true").expect(200);
    assertEquals("^v:", found.text("pattern"));
    assertEquals(3, found.number("count"));
    assertFalse(found.at("truncated").booleanValue());
    assertEquals(
        "{\"v:bytes\":{\"base64\":\"/wD+\"},\"v:json\":{\"a\":[1,2.50,null]},\"v:text\":\"plain ünïcode\"}",
        found.at("values").toString().replace("2.5,", "2.50,"));
  }

  @Test
  void valuesAreLimited() {
    IntStream.range(0, 105).forEach(i -> api.put("v:%03d".formatted(i), "1"));
    Reply found = api.get("/pattern/?pattern=v&values=true").expect(200);
    assertEquals(100, found.at("values").size());
    assertEquals(105, found.number("count"));
    assertTrue(found.at("truncated").booleanValue());
    assertEquals(
        3, api.get("/pattern/?pattern=v&values=true&limit=3").at("values").size());
    assertEquals(
        105, api.get("/pattern/?pattern=v&values=true&limit=1000").at("values").size());
  }

  @Test
  void patternStatsAddUp() {
    api.put("s:1", "1", "30");
    api.put("s:2", "1", "1800");
    api.put("s:3", "1", "50000");
    api.put("s:4", "1", "5000000");
    api.put("s:5", "1", "null");
    api.put("other", "1");
    Reply stats = api.get("/pattern/stats/?pattern=^s:&limit=2").expect(200);
    assertEquals("^s:", stats.text("pattern"));
    assertEquals(5, stats.number("total_matching_keys"));
    assertEquals(5, stats.number("active_keys"));
    assertEquals(0, stats.number("expired_keys"));
    assertEquals(List.of("s:1", "s:2"), stats.texts("matching_keys"));
    assertTrue(stats.at("truncated").booleanValue());
    assertEquals(5 * (48 + 8 + 3 + 1 + 4 + 2), stats.number("total_bytes"));
    assertEquals(
        "{\"never\":1,\"under_1m\":1,\"under_1h\":1,\"under_1d\":1,\"over_1d\":1}",
        stats.at("ttl").toString());
    assertFalse(stats.json().has("active_values"));
    Reply withValues = api.get("/pattern/stats/?pattern=^s:&values=true").expect(200);
    assertEquals(5, withValues.at("active_values").size());
    assertFalse(withValues.at("truncated").booleanValue());
  }

  @Test
  void patternStatsOfNothingAreZero() {
    Reply stats = api.get("/pattern/stats/?pattern=nothing").expect(200);
    assertEquals(0, stats.number("total_matching_keys"));
    assertEquals(List.of(), stats.texts("matching_keys"));
  }

  @Test
  void aKeyIsShownWithItsValue() {
    api.put("k", "{\"a\":1}", "100");
    Reply key = api.get("/key/k/").expect(200);
    assertEquals("k", key.text("key"));
    assertEquals("{\"a\":1}", key.at("value").toString());
    assertEquals("json", key.text("encoding"));
    assertEquals(0, key.number("flags"));
    assertTrue(Math.abs(key.number("ttl_seconds") - 100) <= 2);
    assertEquals(48 + 8 + 1 + 1 + 7 + 3 + 2, key.number("size_bytes"));
  }

  @Test
  void everyJsonValueComesBackAsItWas() {
    for (String json : List.of(
        "0",
        "-1.5",
        "true",
        "null",
        "[]",
        "{}",
        "[1,{\"b\":\"ü\"}]",
        "12345678901234567890123",
        "1.10")) {
      api.send("POST", "/key/k/", "{\"value\": " + json + "}");
      Reply key = api.get("/key/k/").expect(200);
      assertEquals("json", key.text("encoding"));
      String body = new String(key.response().body(), StandardCharsets.UTF_8);
      assertTrue(body.contains("\"value\":" + json + ","), body);
    }
  }

  @Test
  void otherBytesThanTextAreBase64() {
    api.put("text", "\"{\\\"a\\\":1}\"");
    assertEquals("text", api.get("/key/text/").text("encoding"));
    assertEquals("{\"a\":1}", api.get("/key/text/").text("value"));
    assertEquals(0, api.get("/key/text/").number("flags"));
    String base64 = Base64.getEncoder().encodeToString(new byte[] {0, (byte) 0xff, (byte) 0xfe});
    api.put("bytes", "{\"base64\": \"" + base64 + "\"}");
    assertEquals("base64", api.get("/key/bytes/").text("encoding"));
    assertEquals(base64, api.get("/key/bytes/").text("value"));
  }

  @Test
  void aKeyThatIsNotThereIs404() {
    Reply missing = api.get("/key/missing/").expectProblem(404, "key-not-found");
    assertEquals("Key 'missing' not found", missing.text("detail"));
  }

  @Test
  void anExpiredKeyIsNowhere() {
    api.put("short", "1", "1");
    api.put("long", "1");
    Await.until(() -> api.get("/key/short/").status() == 404);
    // Listed ends are whole seconds: nothing seems to end early.
    Await.until(() -> api.get("/keys/").texts("keys").equals(List.of("long")));
    assertEquals(1, api.get("/stats/").number("total_keys"));
    assertEquals(0, api.get("/pattern/?pattern=short").number("count"));
  }

  @Test
  void appsAreWhatStandsBeforeTheColon() {
    List.of("a:1", "a:2:x", "b:1", "plain", ":odd").forEach(key -> api.put(key, "1"));
    Reply all = api.get("/apps/stats/").expect(200);
    assertEquals(3, all.number("total_apps"));
    assertEquals(2, all.at("apps_stats").get("global").get("total_keys").longValue());
    Reply app = api.get("/apps/a/stats/").expect(200);
    assertEquals("a", app.text("app_name"));
    assertEquals(2, app.number("total_keys"));
    assertEquals(2, app.number("active_keys"));
    assertEquals(0, app.number("expired_keys"));
    assertTrue(app.number("total_bytes") > 0);
    all.at("apps_stats")
        .get("a")
        .properties()
        .forEach(field -> assertEquals(field.getValue(), app.at(field.getKey())));
    api.get("/apps/none/stats/").expectProblem(404, "app-not-found");
  }

  @Test
  void theRegistryListsTheKeysOfEachApp() {
    List.of("a:1", "a:2", "a:3", "b:1", "plain").forEach(key -> api.put(key, "1"));
    Reply registry = api.get("/apps/registry/").expect(200);
    assertEquals(List.of("a", "b", "global"), registry.texts("app_names"));
    assertEquals(3, registry.number("total_apps"));
    assertEquals(
        "{\"a\":[\"a:1\",\"a:2\",\"a:3\"],\"b\":[\"b:1\"],\"global\":[\"plain\"]}",
        registry.at("registries").toString());
    Reply limited = api.get("/apps/registry/?limit=2").expect(200);
    assertEquals("[\"a:1\",\"a:2\"]", limited.at("registries").get("a").toString());
    assertEquals(List.of("a"), limited.texts("truncated"));
  }

  @Test
  void appPatternFindsKeysOfTheApp() {
    List.of("a:x1", "a:x2", "a:y", "b:x1").forEach(key -> api.put(key, "1"));
    Reply found = api.get("/apps/a/pattern/?pattern=x").expect(200);
    assertEquals("a", found.text("app_name"));
    assertEquals("x", found.text("pattern"));
    assertEquals(List.of("a:x1", "a:x2"), found.texts("matching_keys"));
    assertEquals(2, found.number("count"));
    assertEquals(0, api.get("/apps/a/pattern/?pattern=zzz").expect(200).number("count"));
    api.get("/apps/none/pattern/?pattern=x").expectProblem(404, "app-not-found");
  }

  @Test
  void aLongListComesWhole() {
    List<String> keys =
        IntStream.range(0, 2_000).mapToObj(i -> "long:%05d".formatted(i)).toList();
    keys.parallelStream().forEach(key -> api.put(key, "1"));
    assertEquals(keys, api.get("/keys/").texts("keys"));
    assertEquals(keys, paged("/keys/?limit=777", "total_keys"));
  }
}
