package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  @Test
  void aTokenSignsIn(@TempDir Path folder) {
    Path tokens = TokensOnDisk.write(folder, "looker viewer", "shop reader apps=shop");
    try (RunningService limited = RunningService.start(
            StoreKind.MEMORY, "production", Map.of("CACHE_TOKENS_FILE", tokens.toString()));
        ConsoleBrowser browser = ConsoleBrowser.start(limited.url())) {
      browser.open("#/keys");
      browser.awaitText("dialog", "This service needs a token");
      browser.press("wrong", Keys.ENTER);
      browser.awaitText("#refused", "token");
      // Each would count as a failed attempt, and too many lock the address out.
      assertEquals(false, browser.run("return window.waits.includes(5000)"), "asks no more");
      browser
          .element("dialog input[name=token]")
          .sendKeys(Keys.chord(Keys.CONTROL, "a"), "looker", Keys.ENTER);
      browser.awaitText("[data-state=empty]", "The cache is empty");
      assertFalse(browser.has("dialog"));
      assertEquals("production · read-only", browser.text(".badge"));
      browser.open("#/key?key=k");
      browser.awaitText(".notice", "k");
      browser.click("button[aria-label='Sign out']");
      browser.awaitText("dialog", "This service needs a token");
      browser.press("shop", Keys.ENTER);
      browser.awaitText(".badge", "production · read-only");
      browser.assertQuiet();
    }
  }

  @Test
  void productionHasNothingThatChanges() throws IOException {
    try (MemcachedServer server = MemcachedServer.start()) {
      assertEquals("STORED", server.command("set k 0 0 1\r\n1").strip());
      try (RunningService own = RunningService.start(
              StoreKind.MEMORY, "production", Map.of("MEMCACHED_SERVERS", server.address()));
          ConsoleBrowser browser = ConsoleBrowser.start(own.url())) {
        browser.openList("#/keys");
        browser.click("#row-0 input");
        browser.awaitText(".selected", "Production is read-only");
        browser.press(Keys.DELETE);
        assertNothingChanges(browser);
        browser.click("#row-0 a");
        browser.awaitText(".acts", "Production is read-only");
        browser.press(Keys.DELETE);
        // What a person has chosen for development is not for here.
        browser.run("localStorage.setItem('cache-app-show-values', 'true')");
        browser.open("#/key?key=k");
        browser.awaitText(".facts", "not since it was stored");
        browser.clickButton("Show value");
        browser.awaitText(".value", "1");
        assertNothingChanges(browser);
        for (String change : new String[] {"action=delete", "action=refresh&timeout=60"}) {
          browser.open("#/change?prefix=k&" + change);
          browser.awaitText(".change", "Production is read-only");
          assertNothingChanges(browser);
        }
        browser.open("#/jobs");
        browser.awaitText(".jobs", "No job runs");
        assertNothingChanges(browser);
        browser.open("#/dumps");
        browser.awaitText("[data-state=empty]", "There is no dump yet");
        browser.awaitText(".auto-dump .facts", "off");
        browser.awaitText(".dumps", "Production is read-only");
        assertNothingChanges(browser);
        copyDump(own);
        browser.open("#/dumps");
        browser.await("return document.querySelector('[data-dump]') !== null");
        browser.click("[data-dump] a");
        browser.awaitText(".dump .facts", "Entries");
        browser.awaitText(".dump", "Production is read-only");
        assertNothingChanges(browser);
        assertFalse(browser.hasButton("Download"), "a dump holds every value");
        browser.visit(browser.fragment() + "&view=restore");
        browser.awaitText(".dump", "Production is read-only");
        browser.press(Keys.DELETE);
        assertNothingChanges(browser);
        browser.open("#/settings");
        browser.awaitText(".settings", "Off in production");
        assertFalse(browser.element("input[name=values]").isEnabled());
        browser.assertQuiet();
      }
    }
  }

  /** Puts a dump of another service where this one has its own. */
  private static void copyDump(RunningService target) throws IOException {
    service.client().send("POST", "/", null).expect(200);
    Files.createDirectories(target.dumpFile().getParent());
    Files.copy(service.dumpFile(), target.dumpFile());
  }

  private static void assertNothingChanges(ConsoleBrowser browser) {
    assertFalse(browser.has("dialog, button.danger, textarea"), browser.text("main"));
    for (String absent : new String[] {
      "Delete…", "New lifetime…", "Edit…", "Cancel", "Make a dump", "Start", "Dry run"
    }) {
      assertFalse(browser.hasButton(absent), absent);
    }
  }

  @Test
  void aViewerSeesNoValues(@TempDir Path folder) {
    Path tokens = TokensOnDisk.write(folder, "looker viewer", "writer operator");
    try (RunningService limited = RunningService.start(
            StoreKind.MEMORY, "development", Map.of("CACHE_TOKENS_FILE", tokens.toString()));
        ConsoleBrowser browser = ConsoleBrowser.start(limited.url())) {
      limited.client().with("writer").put("k", "\"secret\"");
      browser.open("#/key?key=k");
      browser.awaitText("dialog", "This service needs a token");
      browser.press("looker", Keys.ENTER);
      browser.awaitText("main", "does not include values");
      assertFalse(browser.text("main").contains("Show value"), "no such button");
      assertEquals("development · read-only", browser.text(".badge"));
    }
  }
}
