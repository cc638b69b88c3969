package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.openqa.selenium.Keys;

/** Keys and values that try to become a part of the page. */
class ConsoleHostileIT {
  private static final String FLEET = """
      {"total_keys": 1, "environment": "development",
       "tracking": {"mode": "walk", "as_of": "2026-01-01T00:00:00Z", "complete": true,
         "servers": [{"address": "NAME", "mode": "NAME", "keys": 1, "last_walk": null, "feed": {"tells": ["NAME"]}, "feed_skipped": 0}]},
       "servers": [{"address": "NAME", "up": false, "problem": "NAME", "version": "NAME", "current_items": 1,
         "bytes": 1, "limit_bytes": 2, "hits": 0, "misses": 0, "evictions": 0, "connections": 1}]}
      """;

  private static final String HISTORY = """
      {"since": "2026-01-01T00:00:00Z", "step_seconds": 30, "servers": [{"address": "NAME",
        "samples": [{"at": "2026-01-01T00:10:00Z", "items": 1, "bytes": 1, "hits": 1, "misses": 1, "evictions": 0, "connections": 1}],
        "events": [{"at": "2026-01-01T00:10:00Z", "kind": "NAME"}]}]}
      """;

  /** Spaces that a browser leaves out, and blanks that look like none. */
  private static final Pattern UNDRAWN =
      Pattern.compile("^ | $|(?<= ) |[\u00a0\u3000\ufeff\u2028]");

  private static final List<String> UNDRAWN_APPS = List.of(
      "\u00a0shop", "\u3000shop", "shop\ufeff", "\u2028shop", " shop", "shop ", "sh  op", "\u00a0");

  private static final String CHECK = """
      {"servers": [], "ring": {"current": "ketama", "fits": "NAME", "message": "NAME"}}
      """;

  private static final String JOBS = """
      {"jobs": [{"id": "NAME", "kind": "NAME", "about": "NAME", "state": "running", "started_by": "NAME",
        "progress": {"done": 1, "expected": null, "eta_seconds": null}}]}
      """;

  @Test
  void nothingIsExecutedOnAnyScreen() {
    RunningService service = RunningService.fresh(StoreKind.MEMORY);
    ApiClient api = service.client();
    HostileKeys.store(api);
    try (ConsoleBrowser browser = ConsoleBrowser.start(service.url())) {
      browser.size(1280, 2200);
      browser.openList("#/keys");
      browser.await("return document.querySelectorAll('.data').length === "
          + (HostileKeys.CORPUS.size() + 1));
      List<String> shown = browser.shownKeys();
      assertEquals(HostileKeys.CORPUS.size() + 1, shown.size());
      for (String key : HostileKeys.CORPUS) {
        if (key.chars().allMatch(c -> c > 0x20 && c < 0x7f) && key.indexOf('\\') < 0) {
          assertTrue(shown.contains(key), key + " is shown as it is");
        }
      }
      assertTrue(shown.contains("abcU+202Etxt.exe"), shown.toString());
      assertTrue(shown.contains("zeroU+200BwidthU+200DU+FEFF"), shown.toString());
      assertFalse(browser.has("main script, main img, main iframe, main base, main form"));
      browser.picture("hostile");
      browser.assertQuiet();

      for (int row = 0; row < shown.size(); row++) {
        browser.await("return document.querySelector('#row-" + row + " a') !== null");
        browser.click("#row-" + row + " a");
        browser.awaitText(".facts", "Size");
        assertEquals(
            shown.get(row), browser.run("return document.querySelector('h1').textContent"));
        browser.click("main button.primary");
        browser.await("return document.querySelector('.value') !== null");
        browser.clickButton("Edit…");
        browser.await("return document.querySelector('textarea')?.value.length > 0");
        browser.clickButton("Cancel");
        browser.clickButton("Delete…");
        browser.awaitText("dialog", "Delete this key?");
        assertEquals(
            shown.get(row), browser.run("return document.querySelector('.named').textContent"));
        browser.clickButton("Keep it");
        browser.back();
      }
      browser.assertQuiet();
      for (String key : HostileKeys.CORPUS) {
        String encoded = ApiClient.encoded(key);
        browser.visit("#/keys?prefix=" + encoded + "&app=" + encoded + "&min_size=" + encoded);
        browser.await("return document.querySelector('.notice, .empty') !== null");
        browser.visit("#/keys?match=regex&pattern=" + encoded);
        browser.await(
            "return document.querySelector('.notice, .empty[data-state], .grid') !== null");
        browser.visit("#" + encoded);
        browser.visit("#/key?key=" + encoded);
        browser.await("return document.querySelector('.notice, .facts') !== null");
        browser.visit("#/key?key=a&decode=" + encoded);
        browser.visit("#/change?action=delete&prefix=" + encoded);
        browser.clickButton("Preview");
        browser.await("return document.querySelector('.notice, .preview') !== null");
        browser.visit("#/change?action=" + encoded + "&timeout=" + encoded + "&app=" + encoded);
        browser.await("return document.querySelector('[data-state=misspelt]') !== null");
        browser.visit("#/change?action=refresh&timeout=" + encoded + "&app=" + encoded);
        browser.await("return document.querySelector('.change form') !== null");
        browser.visit("#/jobs?id=" + encoded);
        browser.await("return document.querySelector('[data-state=no-job]') !== null");
      }
      browser.assertQuiet();
      theWholeOfThem(browser);
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String drawn(String name) {
    return UNDRAWN
        .matcher(name)
        .replaceAll(c -> "U+%04X".formatted((int) c.group().charAt(0)));
  }

  /** Another app than the one with the same letters. */
  @Test
  void aFilterIsShownAsItIsSent() {
    RunningService service = RunningService.fresh(StoreKind.MEMORY);
    ApiClient api = service.client();
    api.put("shop:1", "1");
    try (ConsoleBrowser browser = ConsoleBrowser.start(service.url())) {
      for (String app : UNDRAWN_APPS) {
        String key = app + ":1";
        String base64 = Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        api.send("POST", "/key/?key_base64=" + base64, "{\"value\": 2}").expect(201);
        String filter = "app=" + ApiClient.encoded(app);
        browser.openList("#/keys?" + filter);
        browser.awaitText(".chip", "app " + drawn(app));
        assertEquals(List.of(drawn(key)), browser.shownKeys());
        browser.visit("#/analysis?" + filter);
        browser.await("return document.querySelector('.bars') !== null");
        browser.openPreview("#/change?action=delete&" + filter);
        browser.awaitText(".filter-words", "app " + drawn(app));
        browser.awaitText(".sample", drawn(key));
        browser.type("input[name=confirmation]", "1");
        browser.press(Keys.ENTER);
        browser.awaitText(".account", "Done\n1");
        api.get("/key/?key_base64=" + base64).expect(404);
      }
      api.get("/key/shop%3A1/").expect(200);
      // Shown like its keys, and not like those that have a byte 0xff there.
      String text = ApiClient.encoded("b\\xff");
      browser.visit("#/change?action=delete&prefix=" + text + "&app=" + text);
      browser.awaitText(".filter-words", "prefix b\\x5cxff app b\\x5cxff");
      browser.assertQuiet();
    }
  }

  @Test
  void manyHostileKeysAreChangedAsTheyAre() {
    RunningService service = RunningService.fresh(StoreKind.MEMORY);
    ApiClient api = service.client();
    HostileKeys.store(api);
    try (ConsoleBrowser browser = ConsoleBrowser.start(service.url())) {
      browser.open("#/changes");
      browser.await("return document.querySelector('.summary .live') !== null");
      api.delete("/").expect(200);
      HostileKeys.store(api);
      browser.awaitText(".summary", HostileKeys.CORPUS.size() + 1 + " changes");
      browser.picture("hostile-changes");
      browser.assertQuiet();
      for (String key : HostileKeys.CORPUS) {
        // The words of these jobs have the text in them.
        api.send(
            "DELETE",
            "/pattern/manage/?async=true",
            "{\"pattern\": \"absent\", \"app\": " + quoted(key) + "}");
      }
      browser.open("#/jobs");
      browser.awaitText("table.list", "<svg/onload=alert(1)>");
      browser.picture("hostile-jobs");
      browser.openList("#/keys");
      browser.click(".choice input");
      browser.awaitText(".selected", HostileKeys.CORPUS.size() + 1 + " selected");
      browser.clickButton("Delete…");
      browser.awaitText(".sample", "<");
      browser.picture("hostile-change");
      browser.type("input[name=confirmation]", String.valueOf(HostileKeys.CORPUS.size() + 1));
      browser.press(Keys.ENTER);
      browser.awaitText(".account", "Done\n" + (HostileKeys.CORPUS.size() + 1));
      assertEquals(0, api.get("/keys/").number("total_keys"));
      browser.assertQuiet();
    }
  }

  /** Names of folders and apps, of servers and jobs. */
  private static void theWholeOfThem(ConsoleBrowser browser) {
    browser.visit("#/analysis");
    browser.await("return document.querySelectorAll('.bars').length === 5");
    browser.visit("#/");
    browser.await("return document.querySelector('.server-card .sparkline') !== null");
    browser.visit("#/tree?sort=name");
    browser.await("return document.querySelectorAll('.data').length > 30");
    // Rows come once the height of the box is known.
    browser.awaitText(".grid", "abcU+202Etxt.exe");
    assertTrue(browser.text(".grid").contains("<script>alert(1)</script>"));
    browser.picture("hostile-tree");
    for (String key : HostileKeys.CORPUS) {
      String encoded = ApiClient.encoded(key);
      browser.visit("#/tree?prefix=" + encoded + "&delimiter=" + encoded);
      browser.await("return document.querySelector('.notice, .empty[data-state], .grid') !== null");
      browser.visit("#/analysis?app=" + encoded + "&by=" + encoded);
      browser.await("return document.querySelector('.notice, .empty[data-state], .bars') !== null");
      browser.visit("#/?span=" + encoded);
      browser.await("return document.querySelector('.server-card') !== null");
    }
    assertFalse(browser.has("main script, main img, main iframe, main base"));
    browser.allowFakeAnswers();
    browser.open("#/analysis");
    for (String key : HostileKeys.CORPUS) {
      String text = key.replace("\\", "\\\\").replace("\"", "\\\"");
      browser.answer("/stats/history/", 200, HISTORY.replace("NAME", text), "{}");
      browser.answer("/stats/", 200, FLEET.replace("NAME", text), "{}");
      browser.answer("/check/", 200, CHECK.replace("NAME", text), "{}");
      browser.answer("/jobs/", 200, JOBS.replace("NAME", text), "{}");
      browser.visit("#/");
      browser.press("r");
      browser.await("return document.querySelector('.running-jobs .key-text') !== null"
          + " && document.querySelector('.warnings .key-text') !== null"
          + " && document.querySelector('.server-card h3 .key-text') !== null");
      browser.visit("#/keys");
    }
    browser.answerNothing();
    assertFalse(browser.has("main script, main img, main iframe, main base"));
    browser.assertQuiet();
  }

  @Test
  void dumpsAndSettingsShowHostileNamesAsText(@TempDir Path folder) {
    String file = "<img src=x onerror=alert(1)>\u202e.json";
    try (RunningService service = RunningService.start(
            StoreKind.MEMORY,
            "development",
            Map.of("CACHE_DUMP_FILE", folder.resolve(file).toString()));
        ConsoleBrowser browser = ConsoleBrowser.start(service.url())) {
      ApiClient api = service.client();
      HostileKeys.store(api);
      api.send("POST", "/", null).expect(200);
      browser.size(1280, 2200);
      browser.open("#/dumps");
      browser.awaitText("[data-dump] .about", "<img src=x onerror=alert(1)>U+202E");
      browser.click("[data-dump] a");
      browser.awaitText("h1", "<img src=x onerror=alert(1)>U+202E");
      browser.clickButton("Delete…");
      browser.awaitText("dialog .named", "<img src=x onerror=alert(1)>U+202E");
      browser.clickButton("Keep it");
      String dump = browser.fragment();
      browser.visit(dump + "&view=keys");
      browser.awaitText(".dump-keys", "</bdi></div><script>alert(1)</script>");
      assertEquals(
          HostileKeys.CORPUS.size() + 1,
          browser.number("document.querySelectorAll('.dump-keys tbody tr').length"));
      assertTrue(browser.text(".dump-keys").contains("abcU+202Etxt.exe"));
      browser.picture("hostile-dump");
      api.delete("/").expect(200);
      browser.visit(dump + "&view=diff");
      browser.clickButton("Compare with the cache now");
      browser.awaitText(".job .sample", "alert(1)");
      browser.visit(dump + "&view=restore");
      browser.clickButton("Dry run");
      browser.awaitText(".job .facts", "Would be restored\n" + (HostileKeys.CORPUS.size() + 1));
      browser.visit("#/settings");
      browser.awaitText(".effective", "<img src=x onerror=alert(1)>U+202E");
      assertFalse(browser.has("main script, main img, main iframe, main base"));
      for (String text : HostileKeys.CORPUS) {
        String encoded = ApiClient.encoded(text);
        browser.visit(dump + "&view=keys&prefix=" + encoded + "&app=" + encoded);
        browser.await("return document.querySelector('.dump-keys, .empty') !== null");
        browser.visit(dump + "&view=" + encoded + "&job=" + encoded);
        browser.visit(dump + "&view=restore&ttl=" + encoded + "&mode=" + encoded);
        browser.visit("#/dumps?name=" + encoded);
        browser.await("return document.querySelector('.notice') !== null");
        browser.visit("#/dumps?job=" + encoded);
        browser.await("return document.querySelector('[data-state=no-job]') !== null");
        browser.visit("#/settings?find=" + encoded);
        browser.await("return document.querySelector('.effective, .empty') !== null");
      }
      browser.assertQuiet();
    }
  }
}
