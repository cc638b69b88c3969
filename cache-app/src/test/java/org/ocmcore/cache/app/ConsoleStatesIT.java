package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.openqa.selenium.Keys;

/** What the console shows when something is wrong or not allowed. */
class ConsoleStatesIT {
  private static RunningService service;
  private static ConsoleBrowser shared;

  @BeforeAll
  static void start() {
    service = RunningService.fresh(StoreKind.MEMORY);
    service.client().put("user:1", "1");
    shared = ConsoleBrowser.start(service.url());
    shared.allowFakeAnswers();
  }

  @AfterAll
  static void close() {
    shared.close();
  }

  private static RunningService start(MemcachedServer server, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("MEMCACHED_SERVERS", server.address());
    return RunningService.start(StoreKind.MEMORY, "development", settings);
  }

  private static String problem(int status, String kind, String detail) {
    return "{\"status\": %d, \"type\": \"urn:cache-app:problem:%s\", \"title\": \"A title\", \"detail\": \"%s\"}"
        .formatted(status, kind, detail);
  }

  @ParameterizedTest
  @CsvSource({
    "403, outside-apps, You may not do this",
    "409, operation-running, Something else came first",
    "413, body-too-large, This is too large",
    "422, pattern-too-costly, A title",
    "500, internal-error, A title"
  })
  void aRefusalIsSaidAndOldRowsStay(int status, String kind, String title) {
    shared.openList("#/keys");
    shared.answer("/keys/", status, problem(status, kind, "Some reason."), "{}");
    shared.press("r");
    shared.awaitText(".notice", title);
    assertTrue(shared.text(".notice").contains("Some reason."), shared.text(".notice"));
    assertTrue(shared.text(".notice").contains("What is shown below is from"));
    assertTrue(shared.has(".grid-row.data a"), "old rows stay");
    shared.answerNothing();
    shared.press("r");
    shared.await("return document.querySelector('.notice') === null");
    shared.assertQuiet();
  }

  @Test
  void aServiceThatHangsIsGone() {
    shared.openList("#/keys");
    shared.run(
        "const real = AbortSignal.timeout; AbortSignal.timeout = () => real.call(AbortSignal, 50)");
    shared.answer("/stats/", 0, "{}", "{}");
    shared.run("document.dispatchEvent(new Event('visibilitychange'))");
    shared.awaitText(".bar", "servers unknown");
    shared.visit("#/");
    shared.awaitText(".notice", "The service takes connections and does not answer.");
    shared.answerNothing();
    shared.assertQuiet();
  }

  @ParameterizedTest
  @CsvSource({"503, store-unavailable", "503, too-busy", "429, too-many-requests"})
  void aBusyServiceIsAskedAgainAfterACountdown(int status, String kind) {
    shared.openList("#/keys");
    shared.answer("/keys/", status, problem(status, kind, "Later."), "{\"Retry-After\": \"2\"}");
    shared.press("r");
    shared.awaitText(".notice .countdown", "in 2 s");
    shared.awaitText(".notice .countdown", "in 1 s");
    // Asked in vain, it begins again.
    shared.awaitText(".notice .countdown", "in 2 s");
    shared.answerNothing();
    shared.await("return document.querySelector('.notice') === null");
    assertTrue(shared.has(".grid-row.data a"));
    shared.assertQuiet();
  }

  /** Each with something that only its answer brings, and with what it asks for. */
  @ParameterizedTest
  @CsvSource({
    "#/, .glance, /stats/",
    "#/keys, .grid-row.data a, /keys/",
    "#/key?key=user:1, .facts, /key/",
    "#/tree, .data .cell, /tree/",
    "#/analysis, .summary, /analysis/",
    "#/dumps, .auto-dump .facts, /dumps/",
    "#/jobs, '[data-job], [data-state=empty]', /jobs/",
    "#/settings, .effective tbody, /settings/",
  })
  void everyScreenSaysWhatIsWrongAndKeepsWhatItHas(String fragment, String known, String path) {
    shared.open(fragment);
    shared.await("return document.querySelector(\"%s\") !== null".formatted(known));
    shared.answer(path, 503, problem(503, "too-busy", "Later."), "{\"Retry-After\": \"60\"}");
    shared.press("r");
    shared.awaitText("main", "Later.");
    shared.awaitText(".notice", "What is shown below is from");
    assertTrue(shared.has(known), "old data stays");
    shared.answer(path, 401, problem(401, "unauthorized", "Sign in."), "{}");
    shared.press("r");
    shared.awaitText("dialog", "This service needs a token");
    shared.answerNothing();
    shared.assertQuiet();
  }

  @Test
  void aChangeIsNeverSentAgainByItself() {
    shared.open("#/key?key=user:1");
    shared.awaitText(".facts", "Size");
    shared.answer("/key/", 503, problem(503, "too-busy", "Later."), "{\"Retry-After\": \"1\"}");
    shared.clickButton("Delete…");
    shared.awaitText("dialog", "Delete this key?");
    shared.clickButton("Delete");
    shared.awaitText("dialog .notice", "Later.");
    assertFalse(shared.has("dialog .countdown"), "a person decides");
    shared.answerNothing();
    shared.run("window.fetch = () => Promise.reject(new TypeError('gone'))");
    shared.clickButton("Delete");
    shared.awaitText("dialog .notice", "Nobody knows whether it was done");
    assertFalse(shared.has("dialog .countdown"));
    shared.assertQuiet();
  }

  @ParameterizedTest
  @CsvSource({
    "#/, /jobs/",
    "#/jobs, /jobs/",
    "#/dumps, /dumps/",
    "#/analysis, /analysis/",
    "#/tree, /tree/",
    "#/keys, /keys/",
    "#/settings, /settings/",
    "#/change?action=delete&prefix=a, /pattern/manage/",
    "#/jobs, /stats/",
    "#/jobs, /service/"
  })
  void anAnswerThatMakesNoSenseStopsNothingElse(String fragment, String path) {
    shared.open("#/key?key=user:1");
    shared.awaitText(".facts", "Size");
    for (String nonsense : new String[] {"{}", "[]", "null", "5"}) {
      shared.answer(path, 200, nonsense, "{}");
      shared.visit(fragment);
      shared.press("r");
      shared.visit("#/key?key=user:1");
      shared.awaitText(".facts", "Size");
      shared.answerNothing();
    }
    shared.visit("#/settings");
    shared.await("return document.querySelector('.effective tbody') !== null");
    shared.assertQuiet();
  }

  @Test
  void withoutAnyServerTheBarSaysSo() {
    try (RunningService own = RunningService.start(
            StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", "127.0.0.1:1"));
        ConsoleBrowser browser = ConsoleBrowser.start(own.url())) {
      browser.open("#/keys");
      browser.awaitText(".bar .servers", "no server answers");
      assertEquals("nothing heard yet", browser.text(".bar .as-of"));
      browser.assertQuiet();
    }
  }

  @Test
  void aStaleListOffersAWalk() {
    shared.open("#/keys");
    shared.await("return document.querySelector('.summary') !== null");
    assertFalse(shared.has(".stale"));
    shared.answer(
        "/keys/",
        200,
        "{\"keys\": [], \"total_keys\": 0, \"next_cursor\": null, \"as_of\": \"2020-01-01T00:00:00Z\", \"complete\": true}",
        "{}");
    shared.press("r");
    shared.awaitText(".stale", "ago");
    shared.answerNothing();
    shared.click(".summary button.primary");
    shared.awaitRows();
    shared.await("return document.querySelector('.stale') === null");
  }

  @Test
  void behindASubPathAllIsTheSame() {
    try (RunningService own = RunningService.start(
            StoreKind.MEMORY, "development", Map.of("CACHE_HTTP_BASE_PATH", "/tools/cache"));
        ConsoleBrowser browser = ConsoleBrowser.start(own.url() + "/tools/cache")) {
      browser.open("#/dumps");
      browser.clickButton("Make a dump");
      browser.awaitText(".job .job-state", "done");
      browser.click(".navigation a[href='#/keys']");
      browser.awaitText("[data-state=empty]", "The cache is empty");
      browser.openTab();
      browser.open("#/changes");
      browser.await("return document.querySelector('.summary .live') !== null");
      browser.click(".navigation a[href$='docs/']");
      browser.await("return location.pathname === '/tools/cache/docs/'");
      browser.assertQuiet();
    }
  }

  @Test
  void anotherServerInItsPlaceIsNotTheService() {
    shared.openList("#/keys");
    shared.run(
        "const known = window.fetch; window.fetch = () => Promise.resolve(new Response('<h1>hotel</h1>', { status: 200, headers: { 'Content-Type': 'text/html' } }))");
    shared.press("r");
    shared.awaitText(".notice", "Something else answers instead of the service");
    assertTrue(shared.has(".grid-row.data a"));
  }

  @Test
  void walkNowFindsWhatOthersStored() {
    try (MemcachedServer server = MemcachedServer.start();
        RunningService own = start(server, Map.of("CACHE_WALK_INTERVAL", "3600"));
        ConsoleBrowser browser = ConsoleBrowser.start(own.url())) {
      browser.open("#/keys");
      browser.awaitText("[data-state=empty]", "The cache is empty");
      assertEquals("STORED", server.command("set other:1 0 0 1\r\n1").strip());
      browser.click(".summary button");
      browser.awaitRows();
      browser.awaitKeys("other:1");
    }
  }

  @Test
  void aServerThatIsDownIsSeen() {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedServer other = MemcachedServer.start();
        RunningService own = RunningService.start(
            StoreKind.MEMORY,
            "development",
            Map.of("MEMCACHED_SERVERS", server.address() + "," + other.address()));
        ConsoleBrowser browser = ConsoleBrowser.start(own.url())) {
      own.client().put("a", "1");
      browser.openList("#/keys");
      server.stop();
      browser.awaitText(".bar .servers", "1 of 2 servers down");
      browser.click(".bar summary");
      browser.awaitText(".panel", "down: connection refused");
      browser.press(Keys.ESCAPE);
      browser.press("r");
      browser.awaitText(".notice", server.address());
      browser.awaitKeys("a");
      other.stop();
      browser.awaitText(".bar .servers", "no server answers");
      server.restart();
      other.restart();
      browser.awaitText(".bar .servers", "2 servers up");
      browser.await("return document.querySelector('.notice.bad') === null");
    }
  }

  @Test
  void aServerThatListsNothingSaysWhy() {
    try (MemcachedServer server = MemcachedServer.start("-o", "no_lru_crawler");
        RunningService own = start(server, Map.of());
        ConsoleBrowser browser = ConsoleBrowser.start(own.url())) {
      browser.open("#/keys");
      browser.awaitText("[data-state=incomplete]", server.address());
      assertTrue(
          browser.text("[data-state=incomplete]").contains("no_lru_crawler"),
          browser.text("[data-state=incomplete]"));
      assertTrue(browser.has("[data-state=unknown]"), "not the same as empty");
      browser.assertQuiet();
    }
  }

  @Test
  void aServiceThatIsGoneIsAwaited() {
    RunningService first = RunningService.start(StoreKind.MEMORY, "development", Map.of());
    try (ConsoleBrowser browser = ConsoleBrowser.start(first.url())) {
      first.client().put("before", "1");
      browser.openList("#/keys");
      String port = first.url().replaceFirst(".*:", "");
      first.close();
      browser.press("r");
      browser.awaitText(".notice", "The service is gone");
      browser.awaitText(".notice .countdown", "in ");
      browser.awaitText(".bar .as-of", "last heard");
      browser.awaitKeys("before");
      try (RunningService second =
          RunningService.start(StoreKind.MEMORY, "development", Map.of("CACHE_HTTP_PORT", port))) {
        second.client().put("after", "1");
        browser.awaitKeys("after");
        assertFalse(browser.has(".notice"));
        browser.awaitText(".bar .as-of", "as of");
      }
    }
  }
}
