package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import tools.jackson.databind.JsonNode;

/** Filters, orders, the tree and the analysis. */
class HttpFindingIT extends HttpFixture {
  private void putSome() {
    api.put("shop:1", "1", "30");
    api.put("shop:2", "\"" + "x".repeat(500) + "\"", "null");
    api.put("shop:cart:1", "\"" + "x".repeat(100) + "\"", "5000");
    api.put("blog:1", "1");
    api.put("plain", "1", "null");
  }

  private void assertFound(List<String> expected, String filter) {
    Reply keys = api.get("/keys/?" + filter).expect(200);
    assertEquals(expected, keys.texts("keys"), filter);
    assertEquals(expected.size(), keys.number("count"));
    assertEquals(5, keys.number("total_keys"));
    Reply pattern = api.get("/pattern/?pattern=.&" + filter).expect(200);
    assertEquals(expected, pattern.texts("keys"), filter);
    assertEquals(expected.size(), pattern.number("count"));
    assertEquals(5, pattern.number("total_keys"));
    Reply stats = api.get("/pattern/stats/?pattern=.&" + filter).expect(200);
    assertEquals(expected, stats.texts("matching_keys"), filter);
    assertEquals(expected.size(), stats.number("total_matching_keys"));
    assertEquals(
        expected.size(),
        api.get("/analysis/?" + filter).at("totals").get("keys").longValue());
  }

  @Test
  void filtersStandBesideThePattern() {
    putSome();
    assertFound(List.of("shop:1", "shop:2", "shop:cart:1"), "prefix=shop:");
    assertFound(List.of("shop:cart:1"), "prefix=shop:c&min_size=100");
    assertFound(List.of("shop:1", "shop:2", "shop:cart:1"), "prefix_base64=c2hvcDo");
    assertFound(List.of("blog:1"), "app=blog");
    assertFound(List.of("plain"), "app=global");
    assertFound(List.of("shop:2", "shop:cart:1"), "min_size=150");
    assertFound(List.of("shop:cart:1"), "min_size=150&max_size=400");
    assertFound(List.of("shop:1"), "ttl_below=31");
    assertFound(List.of("blog:1", "shop:cart:1"), "ttl_above=60");
    assertFound(List.of("blog:1"), "ttl_above=60&ttl_below=3601");
    assertFound(List.of("plain", "shop:2"), "no_ttl=true");
    assertFound(List.of(), "idle_above=3600");
    assertFound(List.of("shop:1"), "idle_below=3600&prefix=shop:1");
    assertFound(List.of(), "idle_below=0");
    assertFound(
        List.of("blog:1", "plain", "shop:1", "shop:2", "shop:cart:1"),
        "no_ttl=false&max_size=9999");
  }

  @Test
  void keysThatNobodyHasReadAreFound() {
    putSome();
    api.get("/key/shop:1/").expect(200);
    api.get("/key/plain/").expect(200);
    api.get("/key/blog:1/?value=false").expect(200);
    awaitFound(List.of("blog:1", "shop:2", "shop:cart:1"), "never_fetched=true");
    awaitFound(List.of("shop:2"), "never_fetched=true&no_ttl=true");
    assertFound(
        List.of("blog:1", "plain", "shop:1", "shop:2", "shop:cart:1"),
        "never_fetched=false&max_size=9999");
    Await.until(() -> {
      api.get("/keys/?fresh=true&limit=1").expect(200);
      return api.get("/analysis/").at("never_fetched").get("keys").longValue() == 3;
    });
    api.send("POST", "/key/plain/", "{\"value\": 2}").expect(200);
    awaitFound(List.of("blog:1", "plain", "shop:2", "shop:cart:1"), "never_fetched=true");
  }

  /**
   * A walk leaves keys as they are that were stored after it began, or are reported so late; a
   * report that comes after it says that they are not fetched. The next walk corrects both.
   */
  private void awaitFound(List<String> keys, String query) {
    Await.until(() -> keys.equals(api.get("/keys/?fresh=true&" + query).texts("keys")));
  }

  @Test
  void theServerIsAFilter() {
    putSome();
    List<String> found = new ArrayList<>();
    for (String server : store.addresses()) {
      Reply keys = api.get("/keys/?details=true&server=" + server).expect(200);
      for (JsonNode key : keys.at("keys")) {
        assertEquals(server, key.get("server").stringValue());
        found.add(key.get("key").stringValue());
      }
    }
    assertEquals(5, found.size());
    assertEquals(5, new TreeSet<>(found).size());
    String detail = api.get("/keys/?server=nowhere:1")
        .expectProblem(400, "invalid-parameter")
        .text("detail");
    assertTrue(detail.contains(String.join(", ", store.addresses())), detail);
  }

  @Test
  void keysComeInOtherOrders() {
    putSome();
    assertEquals(
        List.of("shop:2", "shop:cart:1"), api.get("/keys/?sort=size&limit=2").texts("keys"));
    assertEquals(
        List.of("shop:1", "blog:1", "shop:cart:1", "plain"),
        api.get("/pattern/?pattern=.&sort=ttl&limit=4").texts("keys"));
    assertEquals(
        List.of("plain", "shop:2", "shop:cart:1"),
        api.get("/keys/?sort=ttl&order=desc&limit=3").texts("keys"));
    assertEquals(
        List.of("shop:cart:1", "shop:2"), api.get("/keys/?order=desc&limit=2").texts("keys"));
    assertEquals(5, api.get("/keys/?sort=idle&limit=10").expect(200).at("keys").size());
    assertTrue(api.get("/keys/?sort=size&limit=2").at("next_cursor").isNull());
    assertEquals(
        List.of("shop:2"),
        List.copyOf(api.get("/pattern/?pattern=.&values=true&sort=size&limit=1")
            .at("values")
            .propertyNames()));
  }

  @Test
  void aPatternWithinAnAppTakesFilters() {
    putSome();
    Reply found = api.get("/apps/shop/pattern/?pattern=.&min_size=150").expect(200);
    assertEquals(List.of("shop:2", "shop:cart:1"), found.texts("matching_keys"));
    assertEquals(2, found.number("count"));
    assertEquals(
        0, api.get("/apps/shop/pattern/?pattern=.&max_size=1").expect(200).number("count"));
  }

  @Test
  void answersReportHowFreshTheyAre() {
    putSome();
    Instant before = Instant.now();
    for (String path : List.of(
        "/keys/?",
        "/pattern/?pattern=.&",
        "/pattern/?pattern=.&values=true&",
        "/pattern/stats/?pattern=.&",
        "/apps/stats/?",
        "/apps/shop/stats/?",
        "/apps/registry/?",
        "/apps/shop/pattern/?pattern=.&",
        "/tree/?",
        "/analysis/?")) {
      Reply reply = api.get(path + "fresh=true").expect(200);
      // Answers contain milliseconds.
      assertTrue(
          !Instant.parse(reply.text("as_of")).plusMillis(1).isBefore(before),
          () -> path + " " + reply.text("as_of"));
      assertTrue(reply.at("complete").booleanValue());
      assertFalse(reply.json().has("incomplete"));
    }
  }

  @Test
  void theTreeShowsOneLevel() {
    putSome();
    api.put("shop", "1");
    Reply top = api.get("/tree/").expect(200);
    assertEquals("", top.text("prefix"));
    assertEquals(":", top.text("delimiter"));
    assertEquals(3, top.number("total_children"));
    assertEquals(6, top.number("keys"));
    assertEquals(2, top.number("never_expire"));
    assertFalse(top.at("truncated").booleanValue());
    JsonNode shop = top.at("children").get(0);
    assertEquals("shop", shop.get("name").stringValue());
    assertEquals("shop:", shop.get("prefix").stringValue());
    assertTrue(shop.get("is_key").booleanValue());
    assertEquals(4, shop.get("keys").longValue());
    assertEquals(1, shop.get("never_expire").longValue());
    assertEquals(
        api.get("/pattern/stats/?pattern=^shop").number("total_bytes"),
        shop.get("bytes").longValue());
    assertEquals(List.of("1", "2", "cart"), children("/tree/?prefix=shop:&sort=name", 0, 1, 2));
    assertEquals(List.of("2", "cart", "1"), children("/tree/?prefix=shop:", 0, 1, 2));
    Reply one = api.get("/tree/?sort=keys&limit=1").expect(200);
    assertEquals(1, one.at("children").size());
    assertTrue(one.at("truncated").booleanValue());
    assertEquals(List.of("", "op"), children("/tree/?prefix=sh&delimiter=op:&sort=name", 0, 1));
    assertEquals(0, api.get("/tree/?prefix=none").expect(200).number("total_children"));
  }

  private List<String> children(String path, int... which) {
    JsonNode children = api.get(path).expect(200).at("children");
    return IntStream.of(which)
        .mapToObj(i -> children.get(i).get("name").stringValue())
        .toList();
  }

  @Test
  void theAnalysisDescribesTheKeys() {
    putSome();
    api.get("/key/shop:1/").expect(200);
    Reply analysis = api.get("/analysis/").expect(200);
    assertEquals(5, analysis.at("totals").get("keys").longValue());
    assertEquals(2, analysis.at("totals").get("never_expire").longValue());
    assertEquals("shop", analysis.at("top_apps_by_bytes").get(0).get("app_name").stringValue());
    assertEquals(3, analysis.at("top_apps_by_count").get(0).get("keys").longValue());
    assertEquals("shop:2", analysis.at("top_keys_by_bytes").get(0).get("key").stringValue());
    assertEquals(
        List.of(
            "never",
            "under_1m",
            "under_1h",
            "under_4h",
            "under_12h",
            "under_1d",
            "under_7d",
            "under_30d",
            "over_30d"),
        List.copyOf(analysis.at("ttl").propertyNames()));
    assertEquals(2, analysis.at("ttl").get("never").get("keys").longValue());
    assertEquals(1, analysis.at("ttl").get("under_1m").get("keys").longValue());
    assertEquals(
        List.of(
            "under_1m",
            "under_1h",
            "under_4h",
            "under_12h",
            "under_1d",
            "under_7d",
            "under_30d",
            "over_30d",
            "unknown"),
        List.copyOf(analysis.at("idle").propertyNames()));
    long sized = 0;
    for (JsonNode size : analysis.at("sizes")) {
      assertEquals(
          2 * size.get("from_bytes").longValue(), size.get("below_bytes").longValue());
      sized += size.get("keys").longValue();
    }
    assertEquals(5, sized);
    assertTrue(analysis.at("never_fetched").get("keys").longValue() >= 4);
    assertEquals(60, analysis.at("expiring_by_minute").size());
    assertEquals(1, analysis.at("expiring_by_minute").get(0).get("keys").longValue());
  }

  @Test
  void lastingKeysAreOnOnePageDuringWrites() throws Exception {
    List<String> lasting =
        IntStream.range(0, 300).mapToObj(i -> "k:%03d".formatted(i)).toList();
    lasting.forEach(key -> api.put(key, "1"));
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> writing = writer.submit(() -> {
        int changes = 0;
        for (; !over.get(); changes++) {
          String passing = "k:%03d:x".formatted(changes * 7 % 300);
          api.send("POST", ApiClient.key(passing), "{\"value\": 1}");
          api.delete(ApiClient.key("k:%03d:x".formatted(changes * 11 % 300)));
        }
        return changes;
      });
      for (String path : List.of("/keys/?limit=17", "/pattern/?pattern=k:.&limit=23")) {
        List<String> seen = paged(path);
        assertEquals(List.copyOf(new TreeSet<>(seen)), seen);
        assertTrue(seen.containsAll(lasting), path);
      }
      over.set(true);
      assertTrue(writing.get() > 0);
    } finally {
      over.set(true);
      writer.shutdownNow();
    }
  }

  private List<String> paged(String path) {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    while (true) {
      Reply page = api.get(path + cursor).expect(200);
      seen.addAll(page.texts("keys"));
      if (page.at("next_cursor").isNull()) {
        return seen;
      }
      cursor = "&cursor=" + page.text("next_cursor");
    }
  }
}
