package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.Release;

/**
 * The live tail of changes in a browser. Each test follows keys of its own, since a feed is late.
 */
class ConsoleChangesIT {
  /** Reports all kinds of changes. */
  private static MemcachedServer server;

  private static ConsoleBrowser browser;
  private static RunningService service;
  private static ApiClient api;

  @BeforeAll
  static void startBrowser() {
    server = MemcachedServer.start(Release.NEWER, "-B", "ascii");
    service = RunningService.start(
        StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", server.address()));
    api = service.client();
    browser = ConsoleBrowser.start(service.url());
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
    service.close();
    server.close();
  }

  @AfterEach
  void nothingWasReported() {
    browser.assertQuiet();
  }

  private static void follow(String prefix) {
    browser.open("#/changes?prefix=" + prefix);
    awaitLive();
  }

  private static void awaitLive() {
    browser.await("return document.querySelector('.summary .live') !== null");
    browser.await("return document.querySelector('.limits') === null");
  }

  private static void awaitRow(int row, String... parts) {
    for (String part : parts) {
      browser.awaitText("#row-" + row, part);
    }
  }

  @Test
  void changesAppearTheNewestFirst() {
    follow("seen%3A");
    browser.awaitText("[data-state=quiet]", "Nothing has changed yet");
    api.put("seen:1", "\"" + "v".repeat(3_000) + "\"");
    awaitRow(0, "stored", "seen:1", "KiB", "127.0.0.1:");
    api.put("other:1", "1");
    api.put("seen:2", "1");
    awaitRow(0, "seen:2");
    awaitRow(1, "seen:1");
    assertEquals(List.of("seen:2", "seen:1"), browser.shownKeys());
    api.delete("/key/seen:1/").expect(200);
    awaitRow(0, "deleted", "seen:1");
    browser.awaitText(".summary", "3 changes");
    for (String theme : List.of("light", "dark")) {
      browser.systemTheme(theme);
      browser.picture("changes-rows-" + theme);
      assertEquals("", browser.accessibilityProblems(), theme);
    }
    browser.size(320, 740);
    browser.picture("changes-rows-phone");
    assertTrue(browser.number("document.documentElement.scrollWidth") <= 320);
    browser.size(1280, 800);
    browser.click("#row-1 a");
    browser.await("return location.hash === '#/key?key=seen%3A2'");
    browser.back();
    browser.awaitText(".limits summary", "Changes are missing");
    browser.click(".limits summary");
    for (String theme : List.of("light", "dark")) {
      browser.systemTheme(theme);
      browser.picture("changes-again-" + theme);
      assertEquals("", browser.accessibilityProblems(), theme);
    }
  }

  @Test
  void kindsAndPatternsSelect() {
    browser.open("#/changes");
    awaitLive();
    browser.search("/^picked:\\d$/");
    browser.await("return location.hash.includes('pattern=')");
    browser.click(".kinds label:nth-of-type(1) input");
    browser.await("return location.hash.includes('kinds=deleted%2Cevicted')");
    awaitLive();
    api.put("picked:1", "1");
    api.delete("/key/picked:1/").expect(200);
    awaitRow(0, "deleted", "picked:1");
    assertEquals(List.of("picked:1"), browser.shownKeys());
    browser.search("/(/");
    browser.awaitText(".notice[data-status='400']", "pattern");
    assertTrue(browser.has(".position mark"));
  }

  @Test
  void pauseKeepsWhatIsShownAndCountsTheRest() {
    follow("paused%3A");
    api.put("paused:1", "1");
    awaitRow(0, "paused:1");
    browser.run("document.activeElement.blur()");
    browser.press("p");
    browser.awaitText(".summary", "Paused");
    api.put("paused:2", "1");
    browser.awaitText(".summary", "1 new change");
    assertEquals(List.of("paused:1"), browser.shownKeys());
    // Whoever looks at a key and comes back finds it as it was, and knows that something may lack.
    browser.click("#row-0 a");
    browser.awaitText("main h1", "paused:1");
    browser.back();
    browser.awaitText(".summary", "Paused");
    assertEquals(List.of("paused:1"), browser.shownKeys());
    browser.awaitText(".limits summary", "Changes are missing");
    browser.click(".limits summary");
    browser.awaitText("[data-state=skipped]", "this screen was left meanwhile");
    browser.press("p");
    awaitRow(0, "paused:2");
    browser.run(
        "[...document.querySelectorAll('button')].find((b) => b.textContent === 'Clear').click()");
    browser.await("return document.querySelector('.grid') === null");
  }

  @Test
  void whatIsShownIsExported() {
    follow("kept%3A");
    api.put("kept:1", "1");
    awaitRow(0, "kept:1");
    browser.run("""
        window.saved = null;
        const real = URL.createObjectURL;
        URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text; }); return real(blob); };
        [...document.querySelectorAll('button')].find((b) => b.textContent === 'Export').click();
        """);
    browser.await("return window.saved !== null");
    String line = (String) browser.run("return window.saved");
    assertTrue(line.startsWith("{\"kind\":\"stored\",\"key\":\"kept:1\""), line);
    assertFalse(line.contains("\"id\""), line);
    assertTrue(line.endsWith("}\n"), line);
  }

  @Test
  void tabsShareOneStream() {
    follow("shared%3A");
    browser.openTab();
    follow("shared%3A");
    browser.awaitText(".summary", "by another tab");
    api.put("shared:1", "1");
    awaitRow(0, "shared:1");
    browser.run("location.hash = '#/changes?prefix=else%3A'");
    browser.awaitText("[data-state=elsewhere]", "Another tab follows other changes");
    browser.click("[data-state=elsewhere] button");
    awaitLive();
    api.put("else:1", "1");
    awaitRow(0, "else:1");
    browser.run("location.hash = '#/changes?prefix=third%3A'");
    browser.await("return document.querySelector('.grid') === null");
    awaitLive();
    api.put("third:1", "1");
    awaitRow(0, "third:1");
    browser.assertQuiet();
    browser.goToTab(0);
    browser.awaitText("[data-state=elsewhere]", "Another tab");
    awaitRow(0, "shared:1");
    browser.goToTab(1);
    browser.closeTab();
    browser.goToTab(0);
    browser.await("return document.querySelector('.summary .live') !== null");
    browser.click(".limits summary");
    browser.awaitText("[data-state=skipped]", "another tab followed other changes meanwhile");
    api.put("shared:2", "1");
    awaitRow(0, "shared:2");
  }

  @Test
  void whatAServerCannotReportIsSaid() {
    try (ConsoleBrowser other =
        ConsoleBrowser.start(RunningService.fresh(StoreKind.ONE_MEMCACHED).url())) {
      other.open("#/changes");
      other.awaitText(".limits", "Not every change is reported");
      other.awaitText("[data-state=quiet]", "No server reports what clients store");
      other.awaitText(".limits li", StoreKind.ONE_MEMCACHED.addresses().get(0) + " reports");
      assertEquals("", other.accessibilityProblems());
      other.assertQuiet();
    }
  }
}
